import { count } from '../text/count';
import type { UploadPlan } from './plan';

/** One line for each file and path. */
export function formatPlan({ put, remove, invalidate }: UploadPlan): string {
  const lines = [
    ...put.flat().map(({ key, bytes }) => `upload      ${key} (${count(bytes, 'byte')})`),
    ...remove.map((key) => `delete      ${key}`),
    ...invalidate.map((path) => `invalidate  ${path}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** `3 files uploaded, 1 deleted, 2 paths invalidated`. */
export function summaryOf({ put, remove, invalidate }: UploadPlan, would = false): string {
  const files = put.flat().length;
  if (files + remove.length + invalidate.length === 0) {
    return 'nothing has changed';
  }
  const be = would ? 'would be ' : '';
  return `${count(files, 'file')} ${be}uploaded, ${remove.length} ${be}deleted, ${count(invalidate.length, 'path')} ${be}invalidated`;
}
