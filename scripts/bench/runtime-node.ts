import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The Node.js of the functions' default runtime. */
const VERSION = '24.21.0';

/** That Node.js, which the registry has for each platform; it is installed once for each machine. */
export function runtimeNode(): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(os.homedir(), '.cache', 'cdk-serverless-app-bench', `node-${VERSION}`);
  const file = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `${name}@${VERSION}`], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return file;
}
