import { withoutHashes } from '../../testing/stable-template';
import { print } from './print-compact';
import { shortenIntrinsics } from './short-intrinsics';

/** The CDK's suffix of logical ids: a hash of the construct's path. test/ids compares whole ids, of these stacks too. */
const ID_SUFFIX = /^(\w+?)[0-9A-F]{8}$/;

/** The check of the bootstrap stack's version: the CDK adds it to each template, and we have no part in it. */
const BOOTSTRAP = ['BootstrapVersion', 'CheckBootstrapVersion'];

type Json = Record<string, unknown>;

export function test(value: unknown): boolean {
  const resources = isObject(value) ? value['Resources'] : undefined;
  return (
    isObject(resources) && Object.values(resources).every((one) => isObject(one) && 'Type' in one)
  );
}

/** A template, as compact as possible without hiding the effect of a change of ours. */
export function serialize(template: Json): string {
  const kept = withoutBootstrap(template);
  const blanked = withoutHashes(withoutIdSuffixes(JSON.stringify(kept), kept['Resources'] as Json));
  return print(shortenIntrinsics(JSON.parse(blanked)));
}

function withoutBootstrap(template: Json): Json {
  const sections = Object.entries(template).map(([name, section]) => [
    name,
    isObject(section)
      ? Object.fromEntries(Object.entries(section).filter(([id]) => !BOOTSTRAP.includes(id)))
      : section,
  ]);
  return Object.fromEntries(
    sections.filter(([, section]) => !isObject(section) || Object.keys(section).length > 0),
  ) as Json;
}

/** Two resources whose ids differ only in the suffix keep it. */
function withoutIdSuffixes(text: string, resources: Json): string {
  const stems = new Map<string, string[]>();
  for (const id of Object.keys(resources)) {
    const stem = ID_SUFFIX.exec(id)?.[1] ?? id;
    stems.set(stem, [...(stems.get(stem) ?? []), id]);
  }
  return [...stems].reduce(
    (result, [stem, [id = stem, ...others]]) =>
      others.length > 0 ? result : result.replace(new RegExp(`\\b${id}\\b`, 'g'), stem),
    text,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
