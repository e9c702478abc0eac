import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { DeployedStack } from './support/deployed-stack';
import { emptyBucket, fireSchedule, request, SCHEDULE_PATIENCE, upload } from './support/drive';
import { workFolder } from './support/folders';
import { eventually, Patience } from './support/eventually';
import { getRow, putRow } from './support/table-rows';
import { Target } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

const FUNCTIONS = 100;
const SHARDS = 8;

// A copy, since a test changes it. It is inside the repository so that modules and tsconfig.json are found.
const folder = workFolder('sharding');
fs.cpSync(path.join(__dirname, 'fixtures', 'sharding'), folder, { recursive: true });
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A nested stack in CloudFormation. */
interface NestedStack {
  /** The hash of its template. */
  readonly template: string;
  readonly lastUpdated?: number;
  /** How often something happened to it or to a resource of it. */
  readonly events: number;
  readonly stack: DeployedStack;
}

/** The nested stacks by the ids of their shards. */
async function nestedStacks(
  target: Target,
  parent: DeployedStack,
): Promise<Map<string, NestedStack>> {
  const client = new CloudFormationClient(target.clientOptions);
  const nested = parent.resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const found = await Promise.all(
    nested.map(async ({ logicalId, physicalId: StackName }) => {
      let events = 0;
      for await (const { StackEvents = [] } of paginateDescribeStackEvents(
        { client },
        { StackName },
      )) {
        events += StackEvents.length;
      }
      const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
      const { Stacks: [described] = [] } = await client.send(
        new DescribeStacksCommand({ StackName }),
      );
      const nested: NestedStack = {
        template: createHash('sha256').update(TemplateBody).digest('hex'),
        lastUpdated: described?.LastUpdatedTime?.getTime(),
        events,
        stack: await DeployedStack.get(target, StackName),
      };
      return [/Shard\d+/.exec(logicalId)?.[0] ?? logicalId, nested] as const;
    }),
  );
  return new Map(found);
}

function functionsOf({ stack }: NestedStack): string[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ logicalId }) => /^Function\d+?(?=Function)/.exec(logicalId)?.[0] ?? logicalId);
}

describeDeployed('a sharded app of 100 functions', { folder, stackName: 'Sharded' }, (app) => {
  let shards = new Map<string, NestedStack>();

  beforeAll(async () => {
    shards = await nestedStacks(app().target, app().stack);
  }, TEST_TIMEOUT_MS);

  /** Waits until the function of that number has written its name into the table. */
  const ran = async (n: number, patience?: Patience): Promise<void> => {
    const { target, stack } = app();
    const name = nameOf(n);
    await eventually(
      `function ${n} runs`,
      async () => (await getRow(target, stack.output('RunsTable'), { id: name })) !== undefined,
      patience,
    );
  };

  const shardOf = (n: number): NestedStack => {
    const found = [...shards.values()].find((shard) => functionsOf(shard).includes(`Function${n}`));
    if (found === undefined) {
      throw new Error(`no shard has function ${n}`);
    }
    return found;
  };
  const nameOf = (n: number): string => shardOf(n).stack.functionName(`Function${n}`);

  test('has all its functions in nested stacks, none in its own', () => {
    const { stack } = app();

    expect(stack.resources.filter(({ type }) => type === 'AWS::Lambda::Function')).toEqual([]);
    expect(shards.size).toBe(SHARDS);
    expect([...shards.values()].flatMap(functionsOf)).toHaveLength(FUNCTIONS);
  });

  test('answers requests from every shard', async () => {
    const { target, stack } = app();
    const requested = [4, 5, 6, 7, 8, 9].flatMap((n) => [
      n,
      n + 10,
      n + 20,
      n + 30,
      n + 40,
      n + 50,
    ]);

    const answers = await Promise.all(
      requested.map(async (n) => [n, await request(target, `${stack.output('Url')}${n}`)] as const),
    );

    expect(new Set(requested.map((n) => shardOf(n))).size).toBe(SHARDS);
    expect(answers.filter(([n, { status, body }]) => status !== 200 || body !== nameOf(n))).toEqual(
      [],
    );
  });

  test('runs functions of several shards on objects of one bucket', async () => {
    const { target, stack } = app();
    const numbers = [2, 3, 12, 13, 22];

    await Promise.all(
      numbers.map((n) => upload(target, stack.output('FilesBucket'), `${n}/a`, 'x')),
    );

    await Promise.all(numbers.map((n) => ran(n)));
    expect(new Set(numbers.map((n) => shardOf(n))).size).toBeGreaterThan(1);
    await emptyBucket(target, stack.output('FilesBucket'));
  });

  test('runs functions on changes of a table', async () => {
    const { target, stack } = app();

    await putRow(target, stack.output('OrdersTable'), { id: 'one' });

    await Promise.all([ran(0), ran(50)]);
  });

  test('runs functions at a time, by the role of their shard', async () => {
    for (const n of [1, 11]) {
      await fireSchedule(app().target, shardOf(n).stack, `Function${n}`);
    }

    await Promise.all([ran(1, SCHEDULE_PATIENCE), ran(11, SCHEDULE_PATIENCE)]);
  });

  test('gets an additional function: only its shard and the app’s own stack change', async () => {
    const { target, stack } = app();
    const before = shards;
    fs.writeFileSync(path.join(folder, 'count.json'), JSON.stringify({ functions: FUNCTIONS + 1 }));

    await app().deployAgain();

    const after = await nestedStacks(target, await DeployedStack.get(target, 'Sharded'));
    const changed = [...after].filter(
      ([id, { template }]) => template !== before.get(id)?.template,
    );
    expect(changed).toHaveLength(1);
    const [[shard, changedShard]] = changed as [[string, NestedStack]];
    expect(functionsOf(changedShard)).toContain(`Function${FUNCTIONS}`);
    // What CloudFormation did, not only what it was given.
    const touched = [...after].filter(([id, { events, lastUpdated }]) => {
      const was = before.get(id);
      return events !== was?.events || lastUpdated !== was.lastUpdated;
    });
    expect(touched.map(([id]) => id)).toEqual([shard]);
    // The emulator reports an event for every resource of a nested stack that it updates; what did not change is what it was.
    const earlier = before.get(shard)?.stack.resources;
    expect(earlier).not.toHaveLength(0);
    expect(changedShard.stack.resources).toEqual(expect.arrayContaining([...(earlier ?? [])]));

    shards = after;
    await putRow(target, stack.output('OrdersTable'), { id: 'two' });
    await ran(FUNCTIONS);
    expect((await request(target, `${stack.output('Url')}5`)).body).toBe(nameOf(5));
  });
});
