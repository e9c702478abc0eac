import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TemplateJson } from '../../support/synth';

const DOCUMENT = path.join(__dirname, '..', '..', '..', 'docs', 'logical-ids.md');
const ROW = /^\| `<app>\/([^`]+)` \| `([^`]+)` \|/gm;

/** The paths and types of the document's table; what stands in `<…>` is any text but a `/`. */
const DOCUMENTED = [...fs.readFileSync(DOCUMENT, 'utf8').matchAll(ROW)].map(
  ([, way = '', type = '']) => {
    const pattern = way
      .split(/<[^>]+>/)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*');
    return { type, pattern: new RegExp(`^App/(Shard\\d+/)?${pattern}$`) };
  },
);

/** Resources of an app `App` in a stack `Test` whose construct path and type the document does not name, or whose id is not one. */
export function undocumentedIds(template: TemplateJson): string[] {
  return Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Metadata }]) => {
    const way = String(Metadata?.['aws:cdk:path']).replace(/^Test\//, '');
    const known =
      !way.startsWith('App/') || // what a test made beside it
      DOCUMENTED.some(({ type, pattern }) => type === Type && pattern.test(way));
    return known && /^[A-Za-z0-9]{1,255}$/.test(id) ? [] : [`${id} (${Type}, ${way})`];
  });
}
