import { PackageCase } from '../package-case';

/** Postgres is PGlite behind a socket, Redis a server that knows a few commands: `../services.ts`. */
export const DATABASES: readonly PackageCase[] = [
  {
    packages: ['pg'],
    does: 'queries Postgres',
    code: `
      import { Client } from 'pg';
      export const handler = async () => {
        const client = new Client({ connectionString: process.env.POSTGRES_URL });
        await client.connect();
        const { rows } = await client.query('select $1::int + 1 as answer', [41]);
        await client.end();
        return rows[0].answer;
      };`,
    returns: 42,
  },
  {
    packages: ['postgres'],
    does: 'queries Postgres',
    code: `
      import postgres from 'postgres';
      export const handler = async () => {
        const sql = postgres(process.env.POSTGRES_URL, { max: 1, fetch_types: false });
        const [row] = await sql\`select 42 as answer\`;
        await sql.end();
        return row.answer;
      };`,
    returns: 42,
  },
  {
    packages: ['knex', 'pg'],
    does: 'builds a query and runs it in Postgres',
    code: `
      import knex from 'knex';
      export const handler = async () => {
        const db = knex({ client: 'pg', connection: process.env.POSTGRES_URL, pool: { min: 0, max: 1 } });
        const rows = await db.select(db.raw('42 as answer'));
        await db.destroy();
        return rows[0].answer;
      };`,
    returns: 42,
  },
  {
    packages: ['kysely', 'pg'],
    does: 'builds a query and runs it in Postgres',
    code: `
      import { Kysely, PostgresDialect, sql } from 'kysely';
      import { Pool } from 'pg';
      export const handler = async () => {
        const pool = new Pool({ connectionString: process.env.POSTGRES_URL, max: 1 });
        const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
        const { rows } = await sql\`select 42 as answer\`.execute(db);
        await db.destroy();
        return rows[0].answer;
      };`,
    returns: 42,
  },
  {
    packages: ['drizzle-orm', 'pg'],
    does: 'creates, fills and reads a table in Postgres',
    code: `
      import { eq, sql } from 'drizzle-orm';
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { integer, pgTable, text } from 'drizzle-orm/pg-core';
      import { Client } from 'pg';
      const notes = pgTable('drizzle_notes', { id: integer('id'), text: text('text') });
      export const handler = async () => {
        const client = new Client({ connectionString: process.env.POSTGRES_URL });
        await client.connect();
        const db = drizzle(client);
        await db.execute(sql\`drop table if exists drizzle_notes\`);
        await db.execute(sql\`create table drizzle_notes (id int, text text)\`);
        await db.insert(notes).values({ id: 1, text: 'hi' });
        const [row] = await db.select().from(notes).where(eq(notes.id, 1));
        await client.end();
        return row.text;
      };`,
    returns: 'hi',
  },
  {
    packages: ['typeorm', 'reflect-metadata', 'pg'],
    does: 'saves an entity in Postgres and reads it',
    code: `
      import 'reflect-metadata';
      import { DataSource, EntitySchema } from 'typeorm';
      const Note = new EntitySchema({
        name: 'typeorm_note',
        columns: { id: { type: Number, primary: true }, text: { type: String } },
      });
      export const handler = async () => {
        const source = new DataSource({
          type: 'postgres', url: process.env.POSTGRES_URL, entities: [Note], synchronize: true, installExtensions: false,
        });
        await source.initialize();
        await source.getRepository(Note).save({ id: 1, text: 'hi' });
        const note = await source.getRepository(Note).findOneBy({ id: 1 });
        await source.destroy();
        return note.text;
      };`,
    returns: 'hi',
  },
  {
    packages: ['sequelize', 'pg', 'pg-hstore'],
    does: 'saves a model in Postgres and reads it',
    code: `
      import { DataTypes, Sequelize } from 'sequelize';
      import pg from 'pg';
      export const handler = async () => {
        const db = new Sequelize(process.env.POSTGRES_URL, { dialect: 'postgres', dialectModule: pg, logging: false, pool: { max: 1 } });
        const Note = db.define('sequelize_note', { text: DataTypes.STRING }, { timestamps: false });
        await Note.sync({ force: true });
        await Note.create({ text: 'hi' });
        const note = await Note.findOne();
        await db.close();
        return note.text;
      };`,
    returns: 'hi',
  },
  {
    packages: ['@electric-sql/pglite'],
    does: 'runs Postgres as WebAssembly',
    code: `
      import { PGlite } from '@electric-sql/pglite';
      export const handler = async () => {
        const db = new PGlite();
        const { rows } = await db.query('select 42 as answer');
        await db.close();
        return rows[0].answer;
      };`,
    returns: 42,
  },
  {
    packages: ['sql.js'],
    does: 'runs SQLite as WebAssembly',
    code: `
      import initSqlJs from 'sql.js';
      export const handler = async () => {
        const SQL = await initSqlJs();
        return new SQL.Database().exec('select 42')[0].values[0][0];
      };`,
    returns: 42,
  },
  {
    packages: ['mysql2'],
    does: 'escapes a statement',
    code: `
      import mysql from 'mysql2/promise';
      export const handler = async () => mysql.format('select ?', ["it's"]);`,
    returns: "select 'it\\'s'",
  },
  {
    packages: ['mongoose'],
    does: 'validates a document',
    code: `
      import mongoose from 'mongoose';
      const Note = mongoose.model('Note', new mongoose.Schema({ text: { type: String, required: true } }));
      export const handler = async () => Object.keys(new Note({}).validateSync().errors);`,
    returns: ['text'],
  },
  {
    packages: ['ioredis'],
    does: 'sets and gets a key',
    code: `
      import Redis from 'ioredis';
      export const handler = async () => {
        const redis = new Redis(process.env.REDIS_URL);
        await redis.set('a', 'hi');
        const value = await redis.get('a');
        redis.disconnect();
        return value;
      };`,
    returns: 'hi',
  },
  {
    packages: ['redis'],
    does: 'sets and gets a key',
    code: `
      import { createClient } from 'redis';
      export const handler = async () => {
        const client = await createClient({ url: process.env.REDIS_URL, RESP: 2 }).connect();
        await client.set('b', 'hi');
        const value = await client.get('b');
        client.destroy();
        return value;
      };`,
    returns: 'hi',
  },
];
