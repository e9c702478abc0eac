/**
 * `npm run session`: deploys examples/orders to an emulator of AWS on this machine, makes an event fail, and records the
 * output of the commands in docs/failures.md.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CommandLine } from '../test/deploy/support/command';
import { DeployedApp } from '../test/deploy/support/deployed-app';
import { upload } from '../test/deploy/support/drive';
import { REPOSITORY } from '../test/deploy/support/folders';
import { eventually } from '../test/deploy/support/eventually';

const PAGE = path.join(REPOSITORY, 'docs', 'failures.md');
const [START, END] = ['<!-- session -->', '<!-- /session -->'];
const KEY = 'uploads/today.csv';
const HEADER = 'id,customer,item,quantity,priceCents,placedAt';
const GOOD = 'o-1,alan,"desk, oak",1,24900,';
const MOST_LINES = 8;

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  const command = await CommandLine.build();
  const app = await DeployedApp.deploy({
    folder: 'examples/orders',
    stackName: 'Orders',
    context: { stage: 'development' },
  });
  try {
    const lines: string[] = [];
    const record = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await command.run(app, ...args);
      const shown = stdout.trimEnd().split('\n');
      const cut = shown.length > MOST_LINES ? [...shown.slice(0, MOST_LINES), '  …'] : shown;
      lines.push(`$ npx serverless-app ${args.join(' ')}`, ...cut, stderr.trimEnd());
      return stdout;
    };
    const bucket = app.stack.output('UploadsBucket');
    await upload(app.target, bucket, KEY, [HEADER, GOOD, 'o-2,,,,,'].join('\n'));
    await eventually('a failure', async () => {
      const { stdout } = await command.run(app, 'failures', 'list', '--json');
      return stdout.includes('"kind"');
    });

    const listed = await record('failures', 'list');
    const id = /^ {2}([\da-f]{8,})/m.exec(listed)?.[1] ?? '';
    await record('failures', 'show', id);
    await record('failures', 'retry', id);
    await upload(app.target, bucket, KEY, [HEADER, GOOD].join('\n'));
    lines.push('$ # fix the file');
    await record('failures', 'retry', '--all');
    write(lines.filter((line) => line !== '').join('\n'));
  } finally {
    await app.close();
  }
}

function write(session: string): void {
  const page = fs.readFileSync(PAGE, 'utf8');
  const [before, after] = [page.split(START)[0], page.split(END)[1]];
  if (before === undefined || after === undefined) {
    throw new Error(`docs/failures.md: the session must be between ${START} and ${END}`);
  }
  const block = `${START}\n\n\`\`\`text\n${session}\n\`\`\`\n\n${END}`;
  fs.writeFileSync(PAGE, `${before}${block}${after}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
