import { createHash } from 'node:crypto';

/** A row of the catalog. */
export interface Image {
  readonly id: string;
  readonly key: string;
  readonly bytes: number;
  readonly readAt: string;
  /** Absent where the object is not an image that we can read. */
  readonly format?: string;
  readonly width?: number;
  readonly height?: number;
}

/** The same for the same key, so that an image that is uploaded again replaces its row and its card. */
export function imageId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

export function cardKey(id: string): string {
  return `cards/${id}.json`;
}
