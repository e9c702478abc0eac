import type { Note } from '../model';
import { ValueMap } from '../value';

export interface SamContext {
  readonly at: string;
  /** The APIs by logical id, with the properties that Globals gives them. */
  readonly apis: Readonly<Record<string, ValueMap>>;
  readonly globals: ValueMap;
  readonly note: (note: Note) => void;
}
