/**
 * The API reference: a page for each area, from `.jsii`. It has what this library declares, and links to the CDK for what it
 * inherits from there.
 */

import {
  ApiType,
  Assembly,
  Docs,
  Member,
  Method,
  nameOf,
  Parameter,
  signature,
  TypeReference,
  typeText,
} from './api-assembly';

interface Area {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  /** The folders or files of lib/ whose types it has. */
  readonly from: readonly string[];
}

/** In the order of the navigation. The first one that has a type's file wins. */
export const AREAS: readonly Area[] = [
  {
    file: 'app',
    title: 'The app',
    about: '`ServerlessApp`, its props, and the options of the methods that name an event.',
    from: ['lib/app/', 'lib/model/', 'lib/core/sharding'],
  },
  {
    file: 'functions',
    title: 'Functions',
    about: 'A function and how it is bundled, kept warm and rolled out.',
    from: ['lib/function/', 'lib/bundling/'],
  },
  {
    file: 'triggers',
    title: 'Triggers',
    about: '`Trigger` and the options of each kind of event.',
    from: ['lib/trigger/'],
  },
  {
    file: 'http',
    title: 'HTTP, REST and WebSocket APIs',
    about:
      'The APIs of an app: domains, throttles, authorizers, and what only REST and WebSocket APIs have.',
    from: ['lib/http/'],
  },
  {
    file: 'access',
    title: 'Access',
    about: 'What a function may use.',
    from: ['lib/access/'],
  },
  {
    file: 'storage',
    title: 'Tables and event buses',
    about: 'The options of `addTable`, `addConnectionsTable` and `addEventBus`.',
    from: ['lib/storage/'],
  },
  {
    file: 'monitoring',
    title: 'Alarms, budgets and findings',
    about: 'Notifications, and the findings of the guards at synthesis.',
    from: ['lib/monitoring/', 'lib/guard/'],
  },
  {
    file: 'cost',
    title: 'Cost and load',
    about: 'The estimate of the monthly bill, and the simulation of a load.',
    from: ['lib/estimate/', 'lib/cost/', 'lib/scaling/'],
  },
  { file: 'sites', title: 'Sites', about: 'Static files on CloudFront.', from: ['lib/site/'] },
  {
    file: 'workflows',
    title: 'Workflows',
    about: 'State machines and what starts them.',
    from: ['lib/workflow/'],
  },
  {
    file: 'contract',
    title: 'Your own triggers and accesses',
    about: 'The interfaces that a trigger or an access of your own implements.',
    from: ['lib/core/'],
  },
];

/** The pages of the reference: by file name, such as `functions.md`, and `index.md`, which lists all types. */
export function renderApiReference({ types }: Assembly): Readonly<Record<string, string>> {
  const all = Object.values(types);
  const placed = new Map(all.map((type) => [type.fqn, areaOf(type)] as const));
  const link = linker(types, placed);
  const pages = AREAS.map((area) => {
    const own = all.filter(({ fqn }) => placed.get(fqn) === area).sort(byRank);
    return [`${area.file}.md`, renderArea(area, own, link)] as const;
  });
  return { 'index.md': renderIndex(all, placed), ...Object.fromEntries(pages) };
}

function areaOf({ fqn, locationInModule: { filename } = { filename: '' } }: ApiType): Area {
  const area = AREAS.find(({ from }) => from.some((folder) => filename.startsWith(folder)));
  if (area === undefined) {
    throw new Error(`${fqn} of ${filename} has no area in scripts/api-reference.ts`);
  }
  return area;
}

/** Classes first, then interfaces, enums and structs, each by name. */
function byRank(a: ApiType, b: ApiType): number {
  const byKind = rankOf(a) - rankOf(b);
  return byKind === 0 ? a.name.localeCompare(b.name) : byKind;
}

function rankOf({ kind, datatype }: ApiType): number {
  return kind === 'class' ? 0 : datatype === true ? 3 : kind === 'interface' ? 1 : 2;
}

function renderIndex(types: readonly ApiType[], placed: ReadonlyMap<string, Area>): string {
  const rows = [...types]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, fqn, docs }) => {
      const page = `${placed.get(fqn)?.file}.md`;
      return `| [\`${name}\`](${page}#${anchorOf(name)}) | ${cell(docs?.summary)} |`;
    });
  return lines(
    '<!-- Made by `npm run docs` from .jsii. -->',
    '# API reference',
    'The classes, options and enums of the library, by area. Only what the library declares is here: inherited members link to the CDK’s own reference. Options of\n`cdk-serverless-app/testing` are on the page [Testing](../testing.md).',
    AREAS.map(({ file, title, about }) => `- [${title}](${file}.md): ${about}`).join('\n'),
    '## All names',
    ['| name | |', '|---|---|', ...rows].join('\n'),
  );
}

type Link = (reference: TypeReference) => string;

function renderArea({ title, about }: Area, types: readonly ApiType[], link: Link): string {
  return lines(
    '<!-- Made by `npm run docs` from .jsii. -->',
    `# ${title}`,
    `${about} [All areas](index.md).`,
    ...types.map((type) => renderType(type, link)),
  );
}

function renderType(type: ApiType, link: Link): string {
  const above = [...(type.base === undefined ? [] : [type.base]), ...(type.interfaces ?? [])];
  const kind =
    type.kind === 'class'
      ? type.abstract === true
        ? 'Abstract class'
        : 'Class'
      : type.kind === 'enum'
        ? 'Enum'
        : type.datatype === true
          ? 'Options'
          : 'Interface';
  const relation = type.datatype === true ? 'and all of' : 'that extends or implements';
  const family = above.map((fqn) => link({ fqn })).join(', ');
  const methods = (type.methods ?? []).filter(isOwn);
  return lines(
    `## ${type.name}`,
    `*${kind}${family === '' ? '' : ` ${relation} ${family}`}.* ${prose(type.docs?.summary)}`.trim(),
    prose(type.docs?.remarks),
    example(type.docs),
    constructorOf(type, link),
    table(
      ['member', ''],
      (type.members ?? []).map((member) => [`\`${member.name}\``, textOf(member.docs)]),
    ),
    propertiesOf(type, link),
    ...methods.map((method) => renderMethod(type, method, link)),
  );
}

function isOwn({ overrides }: Member): boolean {
  return overrides === undefined || overrides.startsWith('cdk-serverless-app.');
}

function constructorOf({ name, initializer }: ApiType, link: Link): string {
  if (initializer === undefined) {
    return '';
  }
  const parameters = initializer.parameters ?? [];
  return lines(
    `\`\`\`ts signature\n${signature(`new ${name}`, parameters)}\n\`\`\``,
    parametersOf(parameters, link),
  );
}

function propertiesOf({ properties = [], datatype, kind }: ApiType, link: Link): string {
  const own = properties.filter(isOwn);
  if (own.length === 0) {
    return '';
  }
  return datatype === true
    ? table(
        ['option', 'type', 'default', ''],
        own.map(({ name, type, optional, docs }) => [
          `\`${name}\``,
          link(type),
          optional === true ? cell(docs?.default ?? '') : '**required**',
          textOf(docs),
        ]),
      )
    : table(
        [kind === 'class' ? 'property' : 'member', 'type', ''],
        own.map((one) => [
          `\`${one.name}\`${one.static === true ? ' (static)' : ''}`,
          `${link(one.type)}${one.optional === true ? ' or undefined' : ''}`,
          textOf(one.docs),
        ]),
      );
}

function renderMethod({ name: owner }: ApiType, method: Method, link: Link): string {
  const { name, parameters = [], returns, docs } = method;
  const isStatic = method.static === true;
  const result =
    returns === undefined
      ? 'void'
      : `${typeText(returns.type)}${returns.optional === true ? ' | undefined' : ''}`;
  const returned =
    returns === undefined
      ? ''
      : `Returns ${link(returns.type)}${returns.optional === true ? ' or undefined' : ''}${docs?.returns === undefined ? '.' : `: ${prose(docs.returns)}`}`;
  return lines(
    `### ${owner}.${name}`,
    `\`\`\`ts signature\n${signature(`${isStatic ? `${owner}.` : ''}${name}`, parameters, `: ${result}`)}\n\`\`\``,
    prose(docs?.summary),
    prose(docs?.remarks),
    example(docs),
    parametersOf(parameters, link),
    returned,
  );
}

function parametersOf(parameters: readonly Parameter[], link: Link): string {
  return table(
    ['parameter', 'type', ''],
    parameters.map(({ name, type, optional, docs }) => [
      `\`${name}\`${optional === true ? ' (optional)' : ''}`,
      link(type),
      textOf(docs),
    ]),
  );
}

/** How a type is written: its own page, or the CDK’s. */
function linker(types: Assembly['types'], placed: ReadonlyMap<string, Area>): Link {
  const link: Link = ({ fqn, primitive, collection, union }) => {
    if (primitive !== undefined) {
      return primitive;
    }
    if (collection !== undefined) {
      const element = link(collection.elementtype);
      return collection.kind === 'array' ? `list of ${element}` : `map of ${element}`;
    }
    if (union !== undefined) {
      return union.types.map(link).join(' or ');
    }
    const own = types[fqn ?? ''];
    return own === undefined
      ? foreign(fqn ?? '')
      : `[\`${own.name}\`](${placed.get(own.fqn)?.file}.md#${anchorOf(own.name)})`;
  };
  return link;
}

function foreign(fqn: string): string {
  const name = fqn.startsWith('constructs.') ? fqn : nameOf(fqn);
  return /^(aws-cdk-lib|constructs)\./.test(fqn)
    ? `[\`${name}\`](https://docs.aws.amazon.com/cdk/api/v2/docs/${fqn}.html)`
    : `\`${name}\``;
}

function anchorOf(name: string): string {
  return name.toLowerCase();
}

function example(docs: Docs | undefined): string {
  return docs?.example === undefined ? '' : `\`\`\`ts\n${docs.example}\n\`\`\``;
}

/** Summary, remarks and source, in one cell. */
function textOf(docs: Docs | undefined): string {
  const parts = [docs?.summary, docs?.remarks, docs?.see];
  return cell(parts.filter((part) => part !== undefined).join(' '));
}

/** Text on one line. A list item becomes a sentence of its own. */
function cell(text: string | undefined): string {
  return prose(text)
    .replace(/\s*\n\s*(?:- )?/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|');
}

/** jsii’s comments are Markdown, with the tags of TSDoc. */
function prose(text: string | undefined): string {
  return (text ?? '').replace(/\{@link ([^}\s]+)\}/g, '`$1`').trim();
}

/** Without the columns that have neither a head nor a text. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const filled = head.map((one, i) => one !== '' || rows.some((row) => row[i] !== ''));
  return rows.length === 0
    ? ''
    : [head, head.map(() => '---'), ...rows]
        .map((row) => `| ${row.filter((_, i) => filled[i] === true).join(' | ')} |`)
        .join('\n');
}

function lines(...parts: readonly string[]): string {
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}
