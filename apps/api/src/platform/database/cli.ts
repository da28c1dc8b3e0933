import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../config/read-environment.js';
import { ENTITIES, MIGRATIONS } from '../../schema.js';
import { dataSourceOptions } from './data-source-options.js';
import { openDatabase } from './open-database.js';

// The entry point of TypeORM's own command line; the server itself never loads this file.
const open = await openDatabase(readEnvironment(process.env));
const options = dataSourceOptions(open, { entities: ENTITIES, migrations: MIGRATIONS });

export default new DataSource({ ...options, migrationsRun: false });
