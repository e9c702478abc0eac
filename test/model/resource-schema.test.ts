import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { NATURAL_KEYS } from '../../bin/diff/natural-keys';
import { resourceSchema } from '../../lib/model/resource-schema';
import COMMITTED from '../../lib/model/resource-schema.json';
import { resourceSchema as generated } from '../../scripts/resource-schema';

test('the schema equals that of the installed service specification', () => {
  expect(COMMITTED).toEqual(generated());
});

test.each([
  ['AWS::S3::Bucket', 'BucketName', ['BucketName'], true],
  ['AWS::SQS::Queue', 'QueueName', ['QueueName'], true],
  ['AWS::DynamoDB::GlobalTable', 'KeySchema', ['TableName'], true],
  ['AWS::Budgets::Budget', 'Budget.BudgetName', [], false],
  ['AWS::Lambda::EventSourceMapping', 'StartingPosition', [], false],
  ['AWS::IAM::Role', 'RoleName', ['RoleName'], false],
])('%s: %s is create-only, and it is identified by %j', (type, path, identifier, holdsData) => {
  expect(resourceSchema(type)).toMatchObject({
    createOnly: expect.arrayContaining([path]) as unknown,
    identifier,
    holdsData,
  });
});

test('a property that AWS updates in place is not create-only', () => {
  expect(resourceSchema('AWS::ApiGatewayV2::Route').createOnly).toEqual(['ApiId']);
});

test('an unknown type is updated in place', () => {
  expect(resourceSchema('AWS::No::Such')).toMatchObject({ createOnly: [], holdsData: false });
  expect(resourceSchema('Custom::Mine').createOnly).toEqual(['ServiceToken']);
});

test('the table of natural keys contains only existing types and properties', () => {
  const spec = loadAwsServiceSpecSync();
  for (const [type, { parts }] of Object.entries(NATURAL_KEYS)) {
    const [found] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
    const read = new Set<string>();
    const properties = new Proxy<Record<string, unknown>>(
      {},
      {
        get: (_, name: string) => {
          read.add(name);
          return undefined;
        },
      },
    );
    parts(properties);

    expect(read.size).toBeGreaterThan(0);
    expect(Object.keys(found?.properties ?? {})).toEqual(expect.arrayContaining([...read]));
  }
});
