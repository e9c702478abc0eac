import { migrateText } from './support';

test.each(['text', '[1]', '"text"', '{ eventName: [INSERT] }'])(
  'an event whose filter is %s, and not the JSON of an object, is reported with the reason',
  (pattern) => {
    const { app, notes } = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: { Type: AWS::SQS::Queue }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work.handler
      Runtime: nodejs24.x
      Events:
        Jobs:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
            FilterCriteria: { Filters: [{ Pattern: '${pattern}' }] }
`);

    expect(app).not.toContain('onMessage');
    expect(notes.map(({ text }) => text).join('\n')).toContain(
      'the pattern of its filter is not the JSON of an object',
    );
  },
);
