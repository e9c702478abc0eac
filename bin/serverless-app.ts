#!/usr/bin/env node
import { version } from '../package.json';
import { PROGRAM } from './commands';
import { defaultApp, withDefaultApp } from './default-app';
import { Interrupted } from './interruption';
import { processIo } from './io';
import { lastResort } from './last-resort';
import { loadRun, parseCommandLine } from './program';

// The SDK requires a newer Node.js than this package does; it is bundled, so the user cannot change that.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** What `cdk-serverless-app/testing` starts. Help and completion do not know it. */
const TEST_HOST = 'test-host';

const io = processIo(process);

async function main(argv: readonly string[]): Promise<number> {
  const [first, second] = argv;
  if (first === TEST_HOST) {
    const { testHost } = await import('./commands/test-host.js');
    process.exit(await testHost(second, io)); // A synthesis may still be running although nothing waits for it any more.
  }
  const { text, spec, args, options } = parseCommandLine({ ...PROGRAM, version }, argv);
  if (spec === undefined) {
    io.out(text ?? '');
    return 0;
  }
  const run = await loadRun(spec);
  return run(withDefaultApp({ args, options }, spec, defaultApp(process.env, '.')), io);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof Interrupted) {
      process.exit(error.exitCode); // A call to AWS may still be waiting for its response.
    }
    const known = lastResort(error);
    io.say(known === undefined ? describeDefect(error) : `${known.message}: ${known.remedy}`);
    process.exitCode = known?.exitCode ?? 2;
  },
);

function describeDefect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
