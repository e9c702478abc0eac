import { execFileSync, spawnSync } from 'node:child_process';
import { tempFolder } from './synth';
import type { Files } from './write-files';

/** A Python package of the tests. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** `py3-none-any` if left out. */
  readonly tag?: string;
  readonly requires?: readonly string[];
  readonly files?: Files;
}

const WRITE = `
import json, sys, zipfile
folder, wheel = sys.argv[1], json.loads(sys.argv[2])
stem = wheel['name'] + '-' + wheel['version']
tag = wheel.get('tag', 'py3-none-any')
meta = ['Metadata-Version: 2.1', 'Name: ' + wheel['name'], 'Version: ' + wheel['version']]
meta += ['Requires-Dist: ' + it for it in wheel.get('requires', [])]
info = stem + '.dist-info/'
files = dict(wheel.get('files', {}))
files[info + 'METADATA'] = '\\n'.join(meta) + '\\n'
files[info + 'WHEEL'] = 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: ' + tag + '\\n'
files[info + 'entry_points.txt'] = '[console_scripts]\\n' + wheel['name'] + ' = ' + wheel['name'] + ':main\\n'
files[info + 'RECORD'] = ''.join(name + ',,\\n' for name in [*files, info + 'RECORD'])
with zipfile.ZipFile(folder + '/' + stem + '-' + tag + '.whl', 'w') as archive:
    for name, text in files.items():
        archive.writestr(name, text)
`;

/** A folder from which pip and uv install, and nowhere else. */
export class WheelFolder {
  readonly path = tempFolder();

  add(wheel: Wheel): void {
    execFileSync('python3', ['-c', WRITE, this.path, JSON.stringify(wheel)]);
  }

  /** The settings of both installers. */
  get environment(): Readonly<Record<string, string>> {
    return {
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: this.path,
      UV_OFFLINE: '1',
      UV_FIND_LINKS: this.path,
      UV_CACHE_DIR: tempFolder(),
    };
  }
}

/** Whether a program is on the PATH. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
