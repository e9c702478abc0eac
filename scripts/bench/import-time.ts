import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Figure, Group, progress, Sides } from './figure';
import { medians, repeat } from './statistics';
import { ROOT } from './workspace';

const SAMPLES = 9;

/** Import of the package, against import of the parts of aws-cdk-lib that it uses. Needs a build. */
export const IMPORT: Group = {
  name: 'import',
  figures,
  measure: () => ({ import: importTimes() }),
};

function figures(): Figure[] {
  return [
    {
      id: 'import',
      description:
        'import of the package, compared with import of the classes of aws-cdk-lib that it uses',
      unit: 'ms',
      as: 'share',
      target: 1.2,
    },
  ];
}

export function importTimes(): Sides {
  progress('import');
  // An export is loaded when its name is asked for, as in the CDK.
  const ours = `require(${JSON.stringify(path.join(ROOT, 'dist'))}).ServerlessApp`;
  const theirs = usedParts();
  return medians(repeat(SAMPLES, () => ({ ours: importTime(ours), theirs: importTime(theirs) })));
}

/**
 * What a user's own `import { Function, … } from 'aws-cdk-lib/aws-lambda'` would load, for all names that the built
 * package uses. The CDK loads a class only when its name is asked for, so the names count, not the modules alone.
 */
function usedParts(): string {
  const built = fs.readFileSync(path.join(ROOT, 'dist', 'index.js'), 'utf8');
  const parts = new Set<string>();
  for (const source of built.split('__commonJS({')) {
    for (const [, variable = '', name = ''] of source.matchAll(
      /\b(?:const|var) (\w+) = (?:__importStar\()?require\("((?:aws-cdk-lib|constructs)[^"]*)"\)/g,
    )) {
      for (const [, member = ''] of source.matchAll(
        new RegExp(`\\b${variable}\\.([A-Za-z]\\w*)`, 'g'),
      )) {
        parts.add(`require(${JSON.stringify(name)}).${member};`);
      }
    }
  }
  return [...parts].sort().join(' ');
}

/** Milliseconds in a fresh process. */
function importTime(code: string): number {
  const script = `const start = performance.now(); ${code}; console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}
