import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

const withStream = (source: string, more = ''): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Clicks: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
  Reader: { Type: AWS::Kinesis::StreamConsumer, Properties: { ConsumerName: reader, StreamARN: !GetAtt Clicks.Arn } }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work.handler
      Runtime: nodejs24.x
      Events:
        Clicks: { Type: Kinesis, Properties: { Stream: ${source}, StartingPosition: LATEST } }
${more}`;

test.each(['!GetAtt Reader.ConsumerARN', '!Ref Reader'])(
  'a stream that is read by its consumer %s gets enhanced fan-out',
  (source) => {
    const { app, notes } = migrateText(withStream(source));

    const { Resources = {} } = synthesize(app);

    expect(typeErrors({ app })).toEqual([]);
    const consumers = Object.entries(Resources).filter(
      ([, { Type }]) => Type === 'AWS::Kinesis::StreamConsumer',
    );
    expect(consumers).toHaveLength(1);
    const [[id, consumer] = ['', undefined]] = consumers;
    expect(id).not.toBe('Reader');
    expect(consumer?.Properties?.['StreamARN']).toEqual({ 'Fn::GetAtt': ['Clicks', 'Arn'] });
    const mapping = Object.values(Resources).find(
      ({ Type }) => Type === 'AWS::Lambda::EventSourceMapping',
    );
    expect(JSON.stringify(mapping?.Properties?.['EventSourceArn'])).toContain(id);
    const texts = notes.map(({ at, text }) => `${at}: ${text}`).join('\n');
    expect(texts).toContain('Resources.Work: the event read the stream by the consumer Reader');
    expect(texts).toContain('Resources.Reader: the consumer Reader is not carried over');
  },
);

test('a consumer that something else names stays beside the new one', () => {
  const { app, notes } = migrateText(
    withStream(
      '!GetAtt Reader.ConsumerARN',
      'Outputs: { Reader: { Value: !GetAtt Reader.ConsumerARN } }',
    ),
  );

  const { Resources = {}, Outputs = {} } = synthesize(app);

  expect(Resources['Reader']?.Type).toBe('AWS::Kinesis::StreamConsumer');
  expect(Object.keys(Outputs)).toEqual(['Reader']);
  expect(notes.map(({ at }) => at)).not.toContain('Resources.Reader');
});

test('the ARN of a consumer of another stack is that of its stream', () => {
  const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/reader:1700000000';

  const { app, notes } = migrateText(withStream(arn));

  expect(app).toContain("'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',");
  expect(app).toContain('enhancedFanOut: true');
  expect(notes.map(({ text }) => text).join('\n')).toContain('by the consumer reader;');
  synthesize(app);
});
