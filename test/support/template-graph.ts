import { TemplateJson } from './synth';

/** Which resources each resource of a template waits for: by Ref, Fn::GetAtt, Fn::Sub and DependsOn. */
export function dependencies(template: TemplateJson): Map<string, Set<string>> {
  const resources = template.Resources ?? {};
  const isResource = (id: string): boolean => Object.hasOwn(resources, id);
  return new Map(
    Object.entries(resources).map(([id, resource]) => {
      const found = [...references(resource.Properties), ...[resource.DependsOn ?? []].flat()];
      return [id, new Set(found.filter(isResource))];
    }),
  );
}

/** Names that a template references but does not define: neither a resource, nor a parameter, nor a pseudo parameter. */
export function danglingReferences(template: TemplateJson): string[] {
  const there = new Set([
    ...Object.keys(template.Resources ?? {}),
    ...Object.keys(template.Parameters ?? {}),
  ]);
  const named = [
    ...Object.values(template.Resources ?? {}).flatMap(({ Properties, DependsOn, ...rest }) => [
      ...references(Properties),
      ...[DependsOn ?? []].flat(),
      ...references(rest),
    ]),
    ...references(template.Outputs),
  ];
  return [...new Set(named)].filter((id) => !there.has(id) && !id.startsWith('AWS::'));
}

/** The first cycle among a template's resources, as the ids on its way; undefined where there is none. */
export function findCycle(template: TemplateJson): string[] | undefined {
  const graph = dependencies(template);
  const finished = new Set<string>();
  const visit = (id: string, way: string[]): string[] | undefined => {
    if (way.includes(id)) {
      return [...way.slice(way.indexOf(id)), id];
    }
    if (finished.has(id)) {
      return undefined;
    }
    for (const next of graph.get(id) ?? []) {
      const cycle = visit(next, [...way, id]);
      if (cycle !== undefined) {
        return cycle;
      }
    }
    finished.add(id);
    return undefined;
  };
  for (const id of graph.keys()) {
    const cycle = visit(id, []);
    if (cycle !== undefined) {
      return cycle;
    }
  }
  return undefined;
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'Ref') {
      return [String(inner)];
    }
    if (key === 'Fn::GetAtt') {
      return [String(Array.isArray(inner) ? inner[0] : inner).replace(/\..*$/, '')];
    }
    if (key === 'Fn::Sub') {
      const [text, variables] = (Array.isArray(inner) ? inner : [inner, {}]) as [string, unknown];
      const named = [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => match[1] ?? '');
      return [...named, ...references(variables)];
    }
    return references(inner);
  });
}
