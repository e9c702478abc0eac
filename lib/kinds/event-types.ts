import type { AccessModel, TriggerModel } from '../model/function-model';
import { isUnresolved } from '../model/resolved';
import { kindOf } from './trigger-kinds';

/** What the declarations need of a function to name the detail types of its events. */
export interface EventFacts {
  readonly triggers?: readonly TriggerModel[];
  readonly access?: readonly AccessModel[];
}

/** Where Prettier breaks a line. */
const WIDTH = 80;

/**
 * The detail types of the events that run a function (`ShipReceives`), and of those that it may put (`ShipPuts`), as declarations.
 * A function whose detail types are not limited to plain names gets no declaration.
 */
export function eventTypes(name: string, functions: readonly EventFacts[]): string[] {
  return [
    declaration(`${name}Puts`, functions.map(putBy)),
    declaration(`${name}Receives`, functions.map(receivedBy)),
  ].filter((text) => text !== '');
}

function receivedBy({ triggers = [] }: EventFacts): Names {
  return triggers.flatMap<unknown>((trigger) => kindOf(trigger).detailTypes?.(trigger) ?? []);
}

function putBy({ access = [] }: EventFacts): Names {
  return access
    .filter(({ kind, level }) => kind === 'eventBus' && level === 'put')
    .flatMap<unknown>(({ detailTypes }) => detailTypes ?? [undefined]);
}

/** Detail types. A value other than plain text stands for any detail type. */
type Names = readonly unknown[];

function declaration(name: string, lists: readonly Names[]): string {
  const all = lists.flat();
  const texts = all.filter(
    (value): value is string => typeof value === 'string' && !isUnresolved(value),
  );
  if (texts.length === 0 || texts.length < all.length) {
    return '';
  }
  const literals = [...new Set(texts)].sort().map(literal);
  const line = `export type ${name} = ${literals.join(' | ')};`;
  if (line.length <= WIDTH) {
    return `${line}\n`;
  }
  return literals.length === 1
    ? `export type ${name} =\n  ${literals.join('')};\n`
    : `export type ${name} =\n${literals.map((one) => `  | ${one}`).join('\n')};\n`;
}

/** The text between the quotes that Prettier chooses. */
function literal(text: string): string {
  const quoted = JSON.stringify(text);
  const count = (character: string): number => text.split(character).length - 1;
  return count('"') > count("'")
    ? `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : quoted;
}
