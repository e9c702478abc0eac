import { BundlingOptions } from 'cdk-serverless-app';

/** A handler that really uses packages, and what it must return. */
export interface PackageCase {
  /** The packages that it imports, the subject first. */
  readonly packages: readonly string[];
  /** What the handler does, for the table. */
  readonly does: string;
  /** The source, as TypeScript. */
  readonly code: string;
  readonly returns: unknown;
  /** The schema for which `prisma generate` runs before. Its client goes to `./generated`, unless the generator has another place. */
  readonly prisma?: {
    readonly generator: 'prisma-client' | 'prisma-client-js';
    readonly provider: string;
  };
  /** Options of `bundling` that the documentation recommends beforehand. */
  readonly bundling?: BundlingOptions;
  /** The project’s tsconfig.json. */
  readonly tsconfig?: object;
}
