import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../fuzz/support/random';
import { CommandLine } from './support/command';
import { describeDeployed } from './support/deployed-app';
import { eventually } from './support/eventually';
import { HurriedProxy, hurriedProxy } from './support/hurried-proxy';
import { REAL_ACCOUNT } from './support/target';
import { listRows } from './support/table-rows';

/** `npm run test:fuzz` kills 100 times (`FUZZ_KILLS`). */
const KILLS = Number(process.env.FUZZ_KILLS ?? 2);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const EVENTS = 4;
const HIDDEN_SECONDS = 3;

jest.setTimeout(300_000 + KILLS * 60_000);

let command: CommandLine;
beforeAll(async () => {
  command = await CommandLine.build();
});

const onEmulator = REAL_ACCOUNT ? () => undefined : describeDeployed;

onEmulator(
  'the failures commands, killed at random moments',
  { folder: 'test/deploy/fixtures/kills', stackName: 'Kills' },
  (app) => {
    const env = (endpoint: string): NodeJS.ProcessEnv => ({
      ...app().target.cdkEnvironment,
      AWS_ENDPOINT_URL: endpoint,
    });
    const runs = async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await listRows(app().target, app().stack.output('RunsTable'));
      return new Map(rows.map(({ id, runs: count }) => [String(id), Number(count)]));
    };

    /** The ids of the events that the queue still has. */
    async function kept(endpoint: string): Promise<readonly string[]> {
      const { stdout } = await command.runWith(
        env(endpoint),
        ...['failures', 'list', '--json', '--assembly', app().assembly],
      );
      const [found] = JSON.parse(stdout) as { failures: { event: { id: string } }[] }[];
      return (found?.failures ?? []).map(({ event }) => event.id);
    }

    async function fail(ids: readonly string[]): Promise<void> {
      const { target, stack } = app();
      const queue = new SQSClient(target.clientOptions);
      const functionArn = `arn:aws:lambda:us-east-1:000000000000:function:${stack.functionName('Count')}`;
      for (const id of ids) {
        await queue.send(
          new SendMessageCommand({
            QueueUrl: stack.output('FailureQueue'),
            MessageBody: JSON.stringify({
              requestContext: { functionArn },
              requestPayload: { id },
            }),
          }),
        );
      }
    }

    /** Kills the command at a time after its first request; before, Node.js only starts. */
    async function killed(
      proxy: HurriedProxy,
      afterMs: number,
      ...args: string[]
    ): Promise<boolean> {
      const child = command.start(env(proxy.endpoint), ...args, '--assembly', app().assembly);
      child.stdout.resume();
      child.stderr.resume();
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.once('exit', (_code, signal) => {
          resolve(signal);
        }),
      );
      await Promise.race([proxy.nextRequest(), ended]);
      await sleep(afterMs);
      child.kill('SIGKILL');
      return (await ended) === 'SIGKILL';
    }

    test(`${KILLS} times: nothing is lost, and a kill repeats at most one event`, async () => {
      const random = new Random(SEED);
      const proxy = await hurriedProxy(app().target.endpoint ?? '', HIDDEN_SECONDS);
      const longest = { retry: 0, purge: 0 };
      for (const [name, ...args] of [
        ['retry', '--all'],
        ['purge', '--yes'],
      ] as const) {
        await fail(Array.from({ length: EVENTS }, (_, i) => `${name}-${i}`));
        const first = proxy.nextRequest().then(() => Date.now());
        await command.runWith(
          env(proxy.endpoint),
          ...['failures', name, ...args, '--assembly', app().assembly],
        );
        longest[name] = Date.now() - (await first);
      }
      const counts = { killed: 0, done: 0, repeated: 0 };
      for (let round = 0; round < KILLS; round++) {
        const ids = Array.from({ length: EVENTS }, (_, i) => `${round}-${i}`);
        await fail(ids);
        const isPurge = round % 4 === 3;
        const afterMs = longest[isPurge ? 'purge' : 'retry'] * random.next();

        const wasKilled = await killed(
          proxy,
          afterMs,
          ...(isPurge ? ['failures', 'purge', '--yes'] : ['failures', 'retry', '--all']),
        );
        counts.killed += wasKilled ? 1 : 0;
        await sleep(HIDDEN_SECONDS * 1000 + 500);

        const [left, ran] = [await kept(proxy.endpoint), await runs()];
        if (isPurge) {
          expect(ids.filter((id) => ran.has(id))).toEqual([]);
        } else {
          const lost = ids.filter((id) => !left.includes(id) && !ran.has(id));
          expect([round, Math.round(afterMs), lost]).toEqual([round, Math.round(afterMs), []]);
        }
        counts.done += ids.length - left.length;
        await command.runWith(
          env(proxy.endpoint),
          ...(isPurge ? ['failures', 'purge', '--yes'] : ['failures', 'retry', '--all']),
          ...['--assembly', app().assembly],
        );
        await eventually('an empty queue', async () => (await kept(proxy.endpoint)).length === 0);
        const after = await runs();
        const repeated = ids.reduce((sum, id) => sum + Math.max(0, (after.get(id) ?? 0) - 1), 0);
        expect([round, repeated <= (wasKilled ? 1 : 0)]).toEqual([round, true]);
        expect(ids.filter((id) => after.has(id))).toEqual(isPurge ? [] : ids);
        counts.repeated += repeated;
      }
      proxy.close();
      process.stderr.write(
        `${KILLS} rounds of ${EVENTS} failures with seed ${SEED}: ${counts.killed} killed, ${counts.done} failures done before the kill, ` +
          `0 lost, ${counts.repeated} run twice, by a kill between the run and the removal\n`,
      );
    });
  },
);
