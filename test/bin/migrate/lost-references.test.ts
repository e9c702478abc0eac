import { Migration } from '../../../bin/migrate/migrate-definition';
import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

const reasonsOf = ({ notes }: Migration): string =>
  notes
    .filter(({ kind }) => kind === 'lost')
    .map(({ at, text }) => `${at}: ${text}`)
    .join('\n');

/** What is not carried over is a comment in the app, too. */
const commentsOf = ({ app }: Migration): string =>
  app
    .split('\n')
    .filter((line) => line.startsWith('//'))
    .join('\n')
    .replace(/\n\/\/ /g, ' ');

const FUNCTION = (more = ''): string => `
  Work:
    Type: AWS::Serverless::Function
    Properties: { Handler: work.handler, Runtime: nodejs24.x${more} }
`;

const GRAPH = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Graph: { Type: AWS::Serverless::GraphQLApi, Properties: { SchemaUri: a.graphql } }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested.yaml } }
  Repository: { Type: AWS::Serverless::Application, Properties: { Location: ./other.yaml } }
  Kept: { Type: AWS::SQS::Queue, Properties: { QueueName: kept } }
  Parameter: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: !GetAtt Nested.Outputs.Name } }
  Depends: { Type: AWS::SNS::Topic, DependsOn: [Nested, Kept] }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work.handler
      Runtime: nodejs24.x
      Environment:
        Variables:
          URL: !GetAtt Graph.GraphQLUrl
          TABLE: !GetAtt Nested.Outputs.Table
          NAME: !Sub '\${Nested.Outputs.Name}-x'
          REPOSITORY: !Join ['-', [!Ref Repository, x]]
          PARAMETER: !Ref Parameter
          KEPT: !Ref Kept
      Policies:
        - Statement:
            - { Effect: Allow, Action: appsync:GraphQL, Resource: !GetAtt Graph.Arn }
            - { Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:aws:s3:::\${Nested.Outputs.Bucket}/*' }
            - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Kept.Arn }
        - !GetAtt Nested.Outputs.Policy
        - SQSSendMessagePolicy: { QueueName: !GetAtt Nested.Outputs.QueueName }
      Events:
        Queue: { Type: SQS, Properties: { Queue: !GetAtt Nested.Outputs.QueueArn } }
        Topic: { Type: SNS, Properties: { Topic: !Ref Repository } }
Outputs:
  Url: { Value: !GetAtt Graph.GraphQLUrl }
  Text: { Value: !Sub 'https://\${Nested.Outputs.Host}/\${Repository}' }
  Queue: { Value: !Ref Kept }
`;

describe('what refers to a resource that is not carried over', () => {
  const migration = migrateText(GRAPH);
  const { Resources = {}, Outputs = {} } = synthesize(migration.app);
  const text = JSON.stringify(Resources);

  test('is left out, and the rest synthesizes', () => {
    expect(Object.keys(Outputs)).toEqual(['Queue']);
    expect(Resources['Parameter']).toBeUndefined();
    expect(text).not.toMatch(/Graph|Nested|Repository/);
    expect(text).toContain('"KEPT":{"Ref":"Kept"}');
    expect(text).not.toMatch(/"(URL|TABLE|NAME|REPOSITORY|PARAMETER)":/);
    expect(text).toContain('sqs:SendMessage');
    expect(Resources['Depends']?.Type).toBe('AWS::SNS::Topic');
    expect(typeErrors({ app: migration.app })).toEqual([]);
  });

  test.each([
    'Outputs.Url',
    'Outputs.Text',
    'the variable URL',
    'the variable TABLE',
    'the variable NAME',
    'the variable REPOSITORY',
    'the variable PARAMETER',
    'a statement of the role is not carried over: it refers to Graph.Arn',
    'a statement of the role is not carried over: it refers to Nested.Outputs.Bucket',
    'a managed policy is not carried over: it refers to Nested.Outputs.Policy',
    'the event `queue` is not carried over: it refers to Nested.Outputs.QueueArn',
    'the event `topic` is not carried over: it refers to Repository',
    'Parameter: it is not carried over: it refers to Nested.Outputs.Name',
  ])('is reported, and a comment in the app: %s', (one) => {
    expect(reasonsOf(migration)).toContain(one);
    expect(commentsOf(migration)).toContain(one);
  });
});

test('resources in a cycle with one that is lost are lost too', () => {
  const migration = migrateText(`
Resources:
  ${FUNCTION().trim()}
  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref B } }
  B: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref A, TopicName: !GetAtt Nested.Outputs.Name } }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested.yaml } }
Outputs:
  A: { Value: !Ref A }
`);

  const { Resources = {}, Outputs } = synthesize(migration.app);

  expect(Object.values(Resources).map(({ Type }) => Type)).not.toContain('AWS::SNS::Topic');
  expect(Outputs).toBeUndefined();
  expect(reasonsOf(migration)).toContain('Outputs.A');
});

test('an API whose routes are all lost is no API, and its outputs are left out', () => {
  const migration = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  ${FUNCTION().trim()}
  Image:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1
      Events: { Get: { Type: Api, Properties: { Path: /, Method: get } } }
Outputs:
  Url: { Value: !Sub 'https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/' }
`);

  const { Outputs } = synthesize(migration.app);

  expect(Outputs).toBeUndefined();
  expect(reasonsOf(migration)).toContain('Outputs.Url');
});

test('a definition with a container image alone is a stack with its resources, without an app', () => {
  const migration = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Image:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      Environment: { Variables: { FILES: !Ref Files } }
      Events:
        Get: { Type: Api, Properties: { Path: /, Method: get } }
        Put: { Type: S3, Properties: { Bucket: !Ref Files, Events: s3:ObjectCreated:* } }
    Metadata: { DockerContext: . }
  Files: { Type: AWS::S3::Bucket }
Outputs:
  Url: { Value: !Ref ServerlessRestApi }
  Image: { Value: !GetAtt Image.Arn }
`);

  const { Resources = {}, Outputs } = synthesize(migration.app);

  expect(migration.app).not.toMatch(/new ServerlessApp\b/);
  expect(Object.keys(Resources)).toEqual(['Files']);
  expect(Outputs).toBeUndefined();
  expect(reasonsOf(migration)).toContain('a container image is not carried over');
  expect(typeErrors({ app: migration.app })).toEqual([]);
});

test('an output and a value keep their condition, wherever the conditions stand', () => {
  const migration = migrateText(`
Parameters: { Kind: { Type: String, Default: a } }
Conditions:
  Both: !And [!Condition IsA, !Condition IsB]
  IsA: !Equals [!Ref Kind, a]
  IsB: !Not [!Equals [!Ref Kind, c]]
Resources:
  ${FUNCTION().trim()}
  Queue: { Type: AWS::SQS::Queue, Condition: Both }
Outputs:
  Queue: { Condition: Both, Value: !Ref Queue }
`);

  const { Resources = {}, Outputs = {} } = synthesize(migration.app);

  expect(Resources['Queue']).toMatchObject({ Condition: 'Both' });
  expect(Outputs['Queue']).toMatchObject({ Condition: 'Both' });
});

test('a value of a condition that the app does not have is lost', () => {
  const migration = migrateText(`
Resources:
  ${FUNCTION(', Environment: { Variables: { LOST: !If [Gone, a, b], KEPT: b } }').trim()}
`);

  expect(JSON.stringify(synthesize(migration.app).Resources)).toContain('"KEPT":"b"');
  expect(migration.app).not.toContain("'Gone'");
  expect(reasonsOf(migration)).toContain(
    'the variable LOST is not carried over: it needs the condition Gone',
  );
});
