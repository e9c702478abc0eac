import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..', '..');

const COMMANDS = ['GetItem', 'PutItem', 'Query', 'UpdateItem', 'DeleteItem'];

/** A folder with handlers that use the AWS SDK, as in a user's project. */
export class Workspace {
  readonly folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'bench-'));
  readonly cache = path.join(this.folder, 'cache');

  constructor(readonly functions: number) {
    fs.symlinkSync(
      path.join(ROOT, 'node_modules'),
      path.join(this.folder, 'node_modules'),
      'junction',
    );
    fs.writeFileSync(path.join(this.folder, 'package.json'), '{ "name": "bench" }');
    fs.writeFileSync(path.join(this.folder, 'package-lock.json'), '{}');
    fs.mkdirSync(path.join(this.folder, 'src'));
    this.writeHandlers('first');
  }

  /** Writes handlers that contain the version, so that they differ from those of other versions. */
  writeHandlers(version: string): void {
    for (let i = 0; i < this.functions; i++) {
      this.writeHandler(i, version);
    }
  }

  writeHandler(index: number, version: string): void {
    const command = `${COMMANDS[index % COMMANDS.length] ?? ''}Command`;
    fs.writeFileSync(
      path.join(this.folder, 'src', `f${index}.ts`),
      `import { DynamoDBClient, ${command} } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = async (event: { readonly key: string }): Promise<unknown> => {
  const input = { TableName: 'table-${index}', Key: { id: { S: event.key } } };
  return [await client.send(new ${command}(input as never)), '${version}'];
};
`,
    );
  }

  clearCache(): void {
    fs.rmSync(this.cache, { recursive: true, force: true });
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
