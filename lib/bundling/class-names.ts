import * as fs from 'node:fs';
import { packageRoot } from './module-paths';
import { packageIn } from './native-packages';
import type { PackageFinding } from './package-finding';

/** Packages that name tables, collections, providers or GraphQL types after the classes that they are given. */
const NAMERS: ReadonlySet<string> = new Set([
  '@mikro-orm/core',
  '@nestjs/core',
  '@typegoose/typegoose',
  'sequelize-typescript',
  'type-graphql',
  'typeorm',
]);

const COMPARED =
  /\bconstructor\.name\s*[!=]==?\s*(["'])([A-Za-z_$][\w$]*)\1|(["'])([A-Za-z_$][\w$]*)\3\s*[!=]==?\s*[\w$.]*\bconstructor\.name\b/g;

/** Finds code that asks for the names of classes in the same bundle, which a minified bundle shortens. */
export class ClassNames {
  private readonly compared = new Map<string, readonly string[]>();

  /** @param files the bundled files */
  in(files: Iterable<string>): PackageFinding[] {
    const all = [...files].filter((file) => /\.[cm]?[jt]sx?$/.test(file) && fs.existsSync(file));
    const packages = all.flatMap((file) => {
      const root = packageRoot(file);
      return root === undefined ? [] : [{ file, owner: packageIn(root) }];
    });
    const asked = packages.flatMap(({ file, owner }) =>
      this.comparedIn(file).map((name) => ({ owner, name })),
    );
    const names = new Set(asked.map(({ name }) => name));
    const declared = names.size === 0 ? names : declaredIn(all, names);
    const found = new Map<string, Set<string>>();
    for (const { owner, name } of asked.filter((it) => declared.has(it.name))) {
      found.set(owner, (found.get(owner) ?? new Set()).add(name));
    }
    const namers = new Set(
      packages.map(({ owner }) => owner).filter((it) => NAMERS.has(it) && !found.has(it)),
    );
    return [
      ...[...found].map(([source, classes]): PackageFinding => ({
        kind: 'class-names',
        source,
        classes: [...classes].sort(),
      })),
      ...[...namers].map((source): PackageFinding => ({ kind: 'class-names', source })),
    ].sort((a, b) => ((a.source ?? '') < (b.source ?? '') ? -1 : 1));
  }

  private comparedIn(file: string): readonly string[] {
    let names = this.compared.get(file);
    if (names === undefined) {
      const matches = fs.readFileSync(file, 'utf8').matchAll(COMPARED);
      names = [...matches].map(([, , after, , before]) => after ?? before ?? '');
      this.compared.set(file, names);
    }
    return names;
  }
}

/** The names for which a bundled file declares a class or a function. Names of Node.js itself are not shortened. */
function declaredIn(files: readonly string[], names: ReadonlySet<string>): Set<string> {
  const pattern = new RegExp(
    `\\b(?:class|function)\\s+(${[...names].map((it) => it.replaceAll('$', '\\$')).join('|')})\\b`,
    'g',
  );
  return new Set(
    files.flatMap((file) =>
      [...fs.readFileSync(file, 'utf8').matchAll(pattern)].map(([, name = '']) => name),
    ),
  );
}
