import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

const policiesOf = (app: string, type: string): string[] =>
  Object.values(synthesize(app).Resources ?? {})
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => JSON.stringify(Properties));

test.each(['!Ref Photos', 'the-photos'])(
  'the policy of a bucket that runs a function (%s) becomes statements of the one that the library makes',
  (bucket) => {
    const { app } = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  PhotosPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: ${bucket}
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: Read
            Effect: Allow
            Principal: { AWS: arn:aws:iam::123456789012:root }
            Action: [s3:GetObject]
            Resource: !Sub '\${Photos.Arn}/*'
          - Effect: Deny
            Principal: '*'
            Action: s3:DeleteObject
            Resource: !Sub 'arn:aws:s3:::\${Photos}/*'
            Condition: { StringNotEquals: { aws:PrincipalAccount: !Ref AWS::AccountId } }
  Other: { Type: AWS::SNS::Topic, DependsOn: PhotosPolicy }
  Photos: { Type: AWS::S3::Bucket, Properties: { BucketName: the-photos } }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work.handler
      Runtime: nodejs24.x
      Events: { Put: { Type: S3, Properties: { Bucket: !Ref Photos, Events: 's3:ObjectCreated:*' } } }
`);

    const policies = policiesOf(app, 'AWS::S3::BucketPolicy').filter((one) =>
      one.includes('"Bucket":{"Ref":"Photos"}'),
    );

    expect(policies).toHaveLength(1);
    expect(policiesOf(app, 'AWS::S3::BucketPolicy').join()).not.toContain('"Bucket":"the-photos"');
    for (const text of [
      '"Sid":"Read"',
      '"s3:DeleteObject"',
      'aws:PrincipalAccount',
      'aws:SecureTransport',
    ]) {
      expect(policies[0]).toContain(text);
    }
    expect(typeErrors({ app })).toEqual([]);
  },
);

test('the policy of a bucket without events stays as it is', () => {
  const { app } = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Files: { Type: AWS::S3::Bucket }
  FilesPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument: { Statement: [{ Effect: Deny, Principal: '*', Action: s3:Put*, Resource: !GetAtt Files.Arn }] }
  Work: { Type: AWS::Serverless::Function, Properties: { Handler: work.handler, Runtime: nodejs24.x, Policies: [{ S3CrudPolicy: { BucketName: !Ref Files } }] } }
`);

  expect(policiesOf(app, 'AWS::S3::BucketPolicy')).toHaveLength(1);
  expect(app).toContain("'FilesPolicy'");
});

test('a policy of topics applies once to the topic that the framework makes, and stays that of the others', () => {
  const { app } = migrateText(
    `
service: news
provider: { name: aws, runtime: nodejs24.x }
functions:
  work: { handler: work.handler, events: [{ sns: news }] }
resources:
  Resources:
    Own: { Type: AWS::SNS::Topic }
    MayPublish:
      Type: AWS::SNS::TopicPolicy
      Properties:
        Topics: [{ Ref: SNSTopicNews }, { Ref: Own }]
        PolicyDocument:
          Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sns:Publish, Resource: '*' }]
`,
    'serverless.yml',
  );

  const policies = policiesOf(app, 'AWS::SNS::TopicPolicy');

  expect(policies.filter((one) => one.includes('SNSTopicNews'))).toHaveLength(1);
  expect(policies.find((one) => one.includes('SNSTopicNews'))).toContain('events.amazonaws.com');
  expect(policies.filter((one) => one.includes('"Own"'))).toHaveLength(1);
});
