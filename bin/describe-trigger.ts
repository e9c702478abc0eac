import type { TriggerFacts } from '../lib/model/app-model';

/** What runs a function, in a few words: `objects of Uploads (in/*.csv)`. */
export function describeTrigger({ kind, source, details }: TriggerFacts): string {
  switch (kind) {
    case 'http':
      return `${source}${details['authorization'] === 'NONE' ? ' (open)' : ''}`;
    case 'tableChanges':
      return `changes of ${lastPart(source)}`;
    case 'objectCreated': {
      const keys = `${text(details['prefix'])}*${text(details['suffix'])}`;
      return `objects of ${lastPart(source)}${keys === '*' ? '' : ` (${keys})`}`;
    }
    case 'schedule':
      return [source, text(details['timeZone']), details['enabled'] === false ? '(off)' : '']
        .filter((part) => part !== '')
        .join(' ');
    default:
      return `${kind}: ${source}`;
  }
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
