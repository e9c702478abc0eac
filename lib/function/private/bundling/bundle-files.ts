import { BundleFile, BundleFiles } from './bundle-request';
import { hashOf } from './cache-store';

export function fileOf(content: Uint8Array): BundleFile {
  return { digest: hashOf(content), content: () => content };
}

export function filesOf(contents: ReadonlyMap<string, Uint8Array>): BundleFiles {
  return new Map([...contents].map(([name, content]) => [name, fileOf(content)]));
}
