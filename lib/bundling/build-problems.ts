import type { BuildError } from './esbuild-pass';
import { formatMessage } from './format-message';
import { packageName, packageRoot } from './module-paths';
import { remedyOf } from './native-import';
import { unresolvedIn } from './optional-packages';

/** The number of places that the error names for a missing package; it counts the others. */
const NAMED = 3;

/** The problems of an app's entries. A package that is not installed is one problem, even if many entries import it. */
export class BuildProblems {
  private readonly texts: string[] = [];
  private readonly missing = new Map<string, Set<string>>();
  private readonly owners = new Set<string>();

  add(text: string): void {
    this.texts.push(text);
  }

  /** Adds the errors of an entry that esbuild rejected. */
  addFailure(owners: readonly string[], { problem }: BuildError): void {
    const others = problem.errors.filter((error) => {
      const file = error.location?.file ?? '';
      const name = packageName(unresolvedIn(error) ?? '');
      if (name === undefined || file === '' || packageRoot(`/${file}`) !== undefined) {
        return true;
      }
      const { line = 0, column = 0 } = error.location ?? {};
      const place = `${file}:${line}:${column + 1}`;
      this.missing.set(name, (this.missing.get(name) ?? new Set()).add(place));
      owners.forEach((owner) => this.owners.add(owner));
      return false;
    });
    if (others.length > 0) {
      const messages = others.map((error) => `  ${formatMessage(error)}${remedyOf(error)}`);
      this.add([`${owners.join(', ')} must compile, got:`, ...messages].join('\n'));
    }
  }

  /** All problems; those of missing packages together. */
  get all(): string[] {
    return this.missing.size === 0 ? this.texts : [...this.texts, this.describeMissing()];
  }

  private describeMissing(): string {
    const names = [...this.missing.keys()].sort();
    const lines = names.map((name) => {
      const places = [...(this.missing.get(name) ?? [])];
      const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
      return `  ${places.slice(0, NAMED).join(', ')}${more}: Could not resolve "${name}"`;
    });
    return [
      `${[...this.owners].join(', ')} must import packages that are installed, got:`,
      ...lines,
      `  run \`npm install ${names.join(' ')}\`, or, if a layer provides a package, name it in \`bundling.externalModules\``,
    ].join('\n');
  }
}
