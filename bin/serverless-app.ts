#!/usr/bin/env node
import { version } from '../package.json';
import { asUserError } from './aws-error';
import { PROGRAM } from './commands';
import { processIo } from './io';
import { loadRun, parseCommandLine } from './program';

// The SDK warns of versions of itself that this one is not: it is bundled.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

async function main(argv: readonly string[]): Promise<number> {
  const { text, spec, args, options } = parseCommandLine({ ...PROGRAM, version }, argv);
  const io = processIo(process);
  if (spec === undefined) {
    io.out(text ?? '');
    return 0;
  }
  const run = await loadRun(spec);
  return run({ args, options }, io);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = asUserError(error);
    if (known !== undefined) {
      process.stderr.write(`${known.message}: ${known.remedy}\n`);
      process.exitCode = known.exitCode;
      return;
    }
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});
