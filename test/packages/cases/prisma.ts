import { PackageCase } from '../package-case';

interface Database {
  readonly provider: string;
  readonly adapter: string;
  readonly adapterPackage: string;
  readonly adapterClass: string;
  readonly key: string;
}

const POSTGRES: Database = {
  provider: 'postgresql',
  adapter: 'new PrismaPg({ connectionString: process.env.POSTGRES_URL, max: 1 })',
  adapterPackage: '@prisma/adapter-pg',
  adapterClass: 'PrismaPg',
  key: 'serial primary key',
};

const SQLITE: Database = {
  provider: 'sqlite',
  adapter: "new PrismaLibSql({ url: 'file:' + process.env.TMPDIR + '/notes.db' })",
  adapterPackage: '@prisma/adapter-libsql',
  adapterClass: 'PrismaLibSql',
  key: 'integer primary key autoincrement',
};

/** A handler that creates a note and finds it, with a client that a generator of Prisma made. */
function notes(
  does: string,
  generator: 'prisma-client' | 'prisma-client-js',
  database: Database,
  more: Pick<PackageCase, 'bundling'> = {},
): PackageCase {
  const { adapter, adapterClass, adapterPackage, key, provider } = database;
  const client = generator === 'prisma-client' ? './generated/client' : '@prisma/client';
  return {
    packages: ['@prisma/client', adapterPackage],
    does,
    prisma: { generator, provider },
    ...more,
    code: `
    import { ${adapterClass} } from '${adapterPackage}'; import { PrismaClient } from '${client}';
    const db = new PrismaClient({ adapter: ${adapter} });
    export const handler = async () => {
      await db.$executeRawUnsafe('create table if not exists "Note" (id ${key}, text text)');
      const made = await db.note.create({ data: { text: 'hi' } });
      const found = await db.note.findFirst({ where: { id: made.id } });
      await db.$disconnect();
      return found.text;
    };`,
    returns: 'hi',
  };
}

/** Prisma 7, which needs no engine: a driver adapter connects to the database. */
export const PRISMA: readonly PackageCase[] = [
  notes('Prisma’s generator `prisma-client`, with Postgres', 'prisma-client', POSTGRES),
  notes('Prisma’s generator `prisma-client`, with SQLite', 'prisma-client', SQLITE),
  notes('Prisma’s generator `prisma-client-js`, with Postgres', 'prisma-client-js', POSTGRES),
  notes('the same, with `@prisma/client` in `nodeModules`', 'prisma-client-js', POSTGRES, {
    bundling: { nodeModules: ['@prisma/client'] },
  }),
];
