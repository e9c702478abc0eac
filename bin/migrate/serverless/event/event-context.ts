import type { Note } from '../../model';
import { ValueMap } from '../../value';

/** The context for reading the events of a function. */
export interface EventContext {
  readonly at: string;
  /** The authorizers of `provider.httpApi.authorizers`. */
  readonly authorizers: ValueMap;
  readonly functionIds: readonly string[];
  readonly note: (note: Note) => void;
}
