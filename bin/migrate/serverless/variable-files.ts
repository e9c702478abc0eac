import * as fs from 'node:fs';
import * as path from 'node:path';
import { readYaml } from '../read-yaml';
import type { Value } from '../value';
import { stagesIn } from './stage-pattern';

/** Why a variable has no value. */
export interface Unresolved {
  readonly text: string;
  readonly reason: string;
}

/** The files that `${file(…)}` names, each read once. */
export class VariableFiles {
  private readonly files = new Map<string, Value>();

  constructor(
    private readonly folder: string,
    private readonly unresolved: (one: Unresolved) => void,
  ) {}

  /** The data of a file. A file that is neither YAML nor JSON is read as a string. */
  read(name: string): Value {
    const relative = name.replace(/^~/, '');
    const file = path.resolve(this.folder, relative);
    if (!this.files.has(file)) {
      this.files.set(file, this.load(file, relative));
    }
    return this.files.get(file);
  }

  /** The files whose names match a pattern that contains the stage, each with its stage. */
  ofStages(pattern: string): Array<readonly [string, string]> {
    const folder = path.join(this.folder, path.dirname(pattern));
    const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    return stagesIn(names, path.basename(pattern)).map(([stage, name]) => [
      stage,
      path.join(path.dirname(pattern), name),
    ]);
  }

  private load(file: string, relative: string): Value {
    if (!fs.existsSync(file)) {
      this.fail(relative, 'there is no such file');
      return undefined;
    }
    if (/\.(js|cjs|mjs|ts)$/.test(file)) {
      this.fail(
        relative,
        'it is a program, which the migration does not run; write its values yourself',
      );
      return undefined;
    }
    const text = fs.readFileSync(file, 'utf8');
    return /\.(ya?ml|json)$/.test(file) ? readYaml(text, relative) : text.trimEnd();
  }

  private fail(name: string, reason: string): void {
    this.unresolved({ text: `\${file(${name})}`, reason });
  }
}
