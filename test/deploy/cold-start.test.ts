// Seen only on a real account, since the emulator (MiniStack 1.5.33) does not do it; the templates are asserted in the unit tests, and
// CONTRIBUTING lists it: environments that are kept ready, their scaling by Application Auto Scaling, the shift of traffic by
// CodeDeploy with its alarms and hooks, snapshots.
import { GetAliasCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { fireSchedule, request, SCHEDULE_PATIENCE, upload } from './support/drive';
import { workFolder } from './support/folders';
import { eventually, Patience } from './support/eventually';
import { leftovers } from './support/leftovers';
import { getRow, putRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

// A copy, since a test changes it. It is inside the repository so that modules and tsconfig.json are found.
const folder = workFolder('cold-start');
fs.cpSync(path.join(__dirname, 'fixtures', 'cold-start'), folder, { recursive: true });
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The alias; the emulator says the version that it stands for. Without one, nothing follows the function’s name. */
const QUALIFIED = /:function:[\w-]+:(live|\d+)$/;

interface Answer {
  readonly version: string;
  readonly greeting: string;
  readonly arn: string;
}

describeDeployed('functions behind an alias', { folder, stackName: 'ColdStart' }, (app) => {
  const get = async (route: string): Promise<Answer> => {
    const { target, stack } = app();
    const { body } = await request(target, stack.output('Url') + route);
    return JSON.parse(body) as Answer;
  };
  /** What the function noted about its last event of a kind. */
  const noted = (kind: string, patience?: Patience): Promise<Answer> => {
    const { target, stack } = app();
    return eventually(
      `an event of ${kind}`,
      async () => {
        const row = await getRow(target, stack.output('SeenTable'), { id: kind });
        return row !== undefined && (JSON.parse(String(row.answer)) as Answer);
      },
      patience,
    );
  };
  const liveVersion = async (id: string): Promise<string | undefined> => {
    const { target, stack } = app();
    const command = new GetAliasCommand({ FunctionName: stack.functionName(id), Name: 'live' });
    return (await new LambdaClient(target.clientOptions).send(command)).FunctionVersion;
  };

  test('parts that the emulator does not know are removed for it, by name', () => {
    const { target, removed } = app();
    const types = removed.map((what) => /AWS::\w+::\w+/.exec(what)?.[0]);

    expect(types.sort()).toEqual(
      target.isEmulator
        ? [
            'AWS::ApplicationAutoScaling::ScalableTarget',
            'AWS::ApplicationAutoScaling::ScalingPolicy',
            'AWS::CodeDeploy::Application',
            'AWS::CodeDeploy::DeploymentConfig',
            'AWS::CodeDeploy::DeploymentGroup',
            'AWS::Lambda::Alias',
          ]
        : [],
    );
  });

  describe.each(IAM_MODES)('%s', (mode) => {
    beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

    test('every kind of event runs the alias', async () => {
      const { target, stack } = app();
      const name = mode.replaceAll(' ', '-');

      const answers = {
        http: await get('warm'),
        canary: await get('canary'),
        change: await putRow(target, stack.output('SourceTable'), { id: name }).then(() =>
          noted('aws:dynamodb'),
        ),
        object: await upload(target, stack.output('FilesBucket'), name, 'x').then(() =>
          noted('aws:s3'),
        ),
        time: await fireSchedule(target, stack, 'Warm').then(() =>
          noted('schedule', SCHEDULE_PATIENCE),
        ),
      };

      for (const [kind, { arn, greeting }] of Object.entries(answers)) {
        expect([kind, arn]).toEqual([kind, expect.stringMatching(QUALIFIED)]);
        expect([kind, greeting]).toEqual([kind, 'hello']);
      }
    });
  });

  test('after a change of only an environment variable, the aliases serve the new value', async () => {
    const ids = ['Warm', 'Canary'];
    const before = await Promise.all(ids.map(liveVersion));
    const codeOf = async (id: string): Promise<string | undefined> => {
      const { target, stack } = app();
      const FunctionName = stack.functionName(id);
      const found = await new LambdaClient(target.clientOptions).send(
        new GetFunctionCommand({ FunctionName }),
      );
      return found.Configuration?.CodeSha256;
    };
    const code = await Promise.all(ids.map(codeOf));

    fs.writeFileSync(path.join(folder, 'greeting.txt'), 'good evening');
    await app().deployAgain();

    const after = await Promise.all(ids.map(liveVersion));
    after.forEach((version, i) => {
      expect(Number(version)).toBeGreaterThan(Number(before[i]));
    });
    expect(await Promise.all(ids.map(codeOf))).toEqual(code);
    for (const route of ['warm', 'canary']) {
      const answer = await eventually(`${route} greets anew`, async () => {
        const it = await get(route);
        return it.greeting === 'good evening' && it;
      });
      expect(answer.arn).toMatch(QUALIFIED);
    }
  });

  test('a second deployment changes nothing', async () => {
    expect(await app().deployAgain()).toMatch('ColdStart (no changes)');
  });

  test('destroy leaves nothing behind', async () => {
    const { target, stack } = app();

    await app().destroy();

    expect(await leftovers(target, stack.resources)).toEqual([]);
  });
});
