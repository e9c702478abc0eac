import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { codeOf, inTemporaryFolder } from '../../core/disk';
import { unquoted } from '../../props/prop-check';
import { AssetFiles, fileWith } from '../asset-files';
import type { GoRequest } from '../bundle-request';

/** The program that `provided.al2023` starts: https://docs.aws.amazon.com/lambda/latest/dg/golang-handler.html */
const BOOTSTRAP = 'bootstrap';

/**
 * Same sources, same program, on any machine: no paths, no version control state, no build id and no debugging information. The tag leaves
 * out what only the retired runtime go1.x needed.
 */
const FLAGS = ['-trimpath', '-buildvcs=false', '-tags=lambda.norpc', '-ldflags=-s -w -buildid='];

/**
 * Builds Go functions. Go's own build cache knows all inputs of a build, so nothing else is kept: each synthesis asks Go.
 * For one run of the builder, in which functions with the same package share a build.
 */
export class GoPrograms {
  private readonly built = new Map<string, AssetFiles>();

  of(request: GoRequest): AssetFiles {
    const key = JSON.stringify([request.entry, request.additions.architecture]);
    const files = this.built.get(key) ?? build(request);
    this.built.set(key, files);
    return files;
  }
}

function build({ entry, check, additions: { architecture } }: GoRequest): AssetFiles {
  return inTemporaryFolder((folder) => {
    const program = path.join(folder, BOOTSTRAP);
    const result = spawnSync('go', ['build', ...FLAGS, '-o', program, '.'], {
      cwd: entry,
      encoding: 'utf8',
      env: environment(architecture),
      maxBuffer: 64 * 1024 * 1024,
    });
    if (codeOf(result.error) === 'ENOENT') {
      throw check.error(
        'entry',
        'is a Go package, which Go builds',
        unquoted('no `go` on the PATH'),
        'install Go (https://go.dev/dl), or give `code` with a built `bootstrap`',
      );
    }
    if (result.status !== 0) {
      throw check.error(
        'entry',
        `must be a Go package that builds for linux ${goArchitecture(architecture)}`,
        unquoted(`Go’s error in ${entry}:\n${result.stderr.trim()}\n`),
        'correct what Go reports',
      );
    }
    return new Map([[BOOTSTRAP, { ...fileWith(fs.readFileSync(program)), executable: true }]]);
  });
}

/** Without the settings that would build a different program from the same sources. Lambda does not have this machine's C library. */
function environment(architecture: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOOS: 'linux',
    GOARCH: goArchitecture(architecture),
    GOAMD64: 'v1',
    GOARM64: 'v8.0',
    CGO_ENABLED: '0',
  };
}

function goArchitecture(architecture: string): string {
  return architecture === 'x86_64' ? 'amd64' : architecture;
}
