import { CLIENTS } from './cases/clients';
import { CODE } from './cases/code';
import { DATABASES } from './cases/databases';
import { DOCUMENTS } from './cases/documents';
import { PRISMA } from './cases/prisma';
import { WEB } from './cases/web';
import { PackageCase } from './package-case';

export const CASES: readonly PackageCase[] = [
  ...WEB,
  ...DATABASES,
  ...PRISMA,
  ...DOCUMENTS,
  ...CODE,
  ...CLIENTS,
];
