import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tempFolder } from './synth';
import { Files, writeFiles } from './write-files';

/** A version of a package: its package.json, and its other files. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

// In its own process, since synthesis, and the npm that it runs, are synchronous.
const SERVER = `
  const [folder] = process.argv.slice(1);
  const server = require('node:http').createServer((request, response) => {
    const name = decodeURIComponent(request.url.slice(1)).replaceAll('/', '+');
    try {
      response.end(require('node:fs').readFileSync(require('node:path').join(folder, name)));
    } catch {
      response.writeHead(404).end('{"error":"not found"}');
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** An npm registry on this machine, with packages that no other one has. */
export class NpmRegistry {
  static async start(): Promise<NpmRegistry> {
    const folder = tempFolder();
    const server = spawn(process.execPath, ['--eval', SERVER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise<string>((resolve, reject) => {
      server.on('error', reject);
      server.stdout.once('data', (text: Buffer) => {
        resolve(text.toString().trim());
      });
    });
    return new NpmRegistry(folder, `http://127.0.0.1:${port}`, server);
  }

  private constructor(
    private readonly folder: string,
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  /** The .npmrc of a project that gets its packages here, and keeps them apart from the user's. */
  get npmrc(): string {
    return `registry=${this.url}\ncache=${path.join(this.folder, 'cache')}\n`;
  }

  publish(manifest: PublishedPackage, files: Files = {}): void {
    const { name, version } = manifest;
    const content = tempFolder();
    writeFiles(path.join(content, 'package'), {
      ...files,
      'package.json': JSON.stringify(manifest),
    });
    const tarball = execFileSync('tar', ['-czf', '-', '-C', content, 'package']);
    const tarballName = `${name}-${version}.tgz`.replaceAll('/', '+');
    fs.writeFileSync(path.join(this.folder, tarballName), tarball);
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: `${this.url}/${tarballName}`, integrity };

    const file = path.join(this.folder, name.replaceAll('/', '+'));
    const known = fs.existsSync(file)
      ? (JSON.parse(fs.readFileSync(file, 'utf8')) as { versions: Record<string, unknown> })
      : { versions: {} };
    const versions = { ...known.versions, [version]: { ...manifest, dist } };
    fs.writeFileSync(file, JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  }

  stop(): void {
    this.server.kill();
  }
}
