import type { PlacedResources } from './placed-resource';
import { isReference } from './references';
import { isRecord } from './template';

/** A value of a template as short text: references as construct paths, without pseudo parameters. */
export function formatValue(value: unknown, resources: PlacedResources): string {
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => formatValue(item, resources)).join(', ');
  }
  if (isReference(value)) {
    return nameOf(resources.get(value.$ref)?.label ?? value.$ref);
  }
  if (isRecord(value)) {
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    switch (name) {
      case 'Ref':
        return String(argument);
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown[]];
        return withoutArn(parts.map((part) => formatValue(part, resources)).join(separator));
      }
      case 'Fn::Select':
        return '…';
    }
  }
  return value === undefined ? '' : JSON.stringify(value);
}

/** The name of a function, role or policy for readers: the path of its construct. */
export function nameOf(label: string): string {
  return label
    .replace(/\.NestedStack\/[^/]+/g, '')
    .replace(/\/(Role|Function|Live|DefaultPolicy|Policy)(?=$|\/)/g, '');
}

/** `arn:AWS::Partition:s3:::name` is `name`. */
function withoutArn(text: string): string {
  return text
    .replace(/^arn:[^:]*:(?:[^:]*:){3}/, '')
    .replace(/^function:/, '')
    .replace(/-\u2026.*$/, (end) => (end.includes('/') ? end.slice(end.indexOf('/')) : ''));
}
