import { PackageCase } from '../package-case';

/** Creates a note and finds it, by a client of another module with another adapter. */
function notes(imports: string, adapter: string, key: string): string {
  return `
    ${imports}
    const db = new PrismaClient({ adapter: ${adapter} });
    export const handler = async () => {
      await db.$executeRawUnsafe('create table if not exists "Note" (id ${key}, text text)');
      const made = await db.note.create({ data: { text: 'hi' } });
      const found = await db.note.findFirst({ where: { id: made.id } });
      await db.$disconnect();
      return found.text;
    };`;
}

const POSTGRES = 'new PrismaPg({ connectionString: process.env.POSTGRES_URL, max: 1 })';
const SQLITE = "new PrismaLibSql({ url: 'file:' + process.env.TMPDIR + '/notes.db' })";

/** Prisma 7, which needs no engine: a driver adapter connects to the database. */
export const PRISMA: readonly PackageCase[] = [
  {
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    does: 'Prisma’s generator `prisma-client`, with Postgres',
    prisma: { generator: 'prisma-client', provider: 'postgresql' },
    code: notes(
      `import { PrismaPg } from '@prisma/adapter-pg'; import { PrismaClient } from './generated/client';`,
      POSTGRES,
      'serial primary key',
    ),
    returns: 'hi',
  },
  {
    packages: ['@prisma/client', '@prisma/adapter-libsql'],
    does: 'Prisma’s generator `prisma-client`, with SQLite',
    prisma: { generator: 'prisma-client', provider: 'sqlite' },
    code: notes(
      `import { PrismaLibSql } from '@prisma/adapter-libsql'; import { PrismaClient } from './generated/client';`,
      SQLITE,
      'integer primary key autoincrement',
    ),
    returns: 'hi',
  },
  {
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    does: 'Prisma’s generator `prisma-client-js`, with Postgres',
    prisma: { generator: 'prisma-client-js', provider: 'postgresql' },
    code: notes(
      `import { PrismaPg } from '@prisma/adapter-pg'; import { PrismaClient } from '@prisma/client';`,
      POSTGRES,
      'serial primary key',
    ),
    returns: 'hi',
  },
  {
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    does: 'the same, with `@prisma/client` in `nodeModules`',
    prisma: { generator: 'prisma-client-js', provider: 'postgresql' },
    bundling: { nodeModules: ['@prisma/client'] },
    code: notes(
      `import { PrismaPg } from '@prisma/adapter-pg'; import { PrismaClient } from '@prisma/client';`,
      POSTGRES,
      'serial primary key',
    ),
    returns: 'hi',
  },
];
