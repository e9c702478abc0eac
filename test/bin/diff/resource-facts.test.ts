import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { NATURAL_KEYS } from '../../../bin/diff/natural-keys';
import { resourceFacts } from '../../../bin/diff/resource-facts';
import COMMITTED from '../../../bin/diff/resource-facts.json';
import { resourceFacts as generated } from '../../../scripts/resource-facts';

test('the facts are those of the installed service specification', () => {
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
  expect(resourceFacts(type)).toMatchObject({
    createOnly: expect.arrayContaining([path]) as unknown,
    identifier,
    holdsData,
  });
});

test('a property that AWS updates in place is not create-only', () => {
  expect(resourceFacts('AWS::ApiGatewayV2::Route').createOnly).toEqual(['ApiId']);
});

test('a type that nobody knows is updated in place', () => {
  expect(resourceFacts('AWS::No::Such')).toMatchObject({ createOnly: [], holdsData: false });
  expect(resourceFacts('Custom::Mine').createOnly).toEqual(['ServiceToken']);
});

test('the table of natural keys names types and properties that there are', () => {
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
