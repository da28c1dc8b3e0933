import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { Settings } from '../database/settings.js';
import { AesSecretBox } from './aes-secret-box.adapter.js';
import { useCurrentKey } from './current-key.js';
import { KeyRing } from './key-ring.js';
import { MasterKeyFile } from './master-key-file.js';
import { MasterKeyController } from './master-key.controller.js';
import { MasterKeyRotation } from './master-key-rotation.js';
import { SealedColumns } from './sealed-columns.js';
import { SecretBox } from './secret-box.js';

/** Seals what must not be readable in the database. */
@Global()
@Module({})
export class SecretsModule {
  static forRoot(dataDir: string): DynamicModule {
    return {
      module: SecretsModule,
      controllers: [MasterKeyController],
      providers: [
        {
          provide: KeyRing,
          inject: [Environment, Settings],
          useFactory: async (environment: Environment, settings: Settings): Promise<KeyRing> => {
            const { OPSAGENT_MASTER_KEY: key, OPSAGENT_MASTER_KEY_PREVIOUS: previous } = environment;
            const keys = new KeyRing({ key, previous }, new MasterKeyFile(dataDir));
            await useCurrentKey(keys, settings);
            return keys;
          },
        },
        { provide: SecretBox, inject: [KeyRing], useFactory: (keys: KeyRing) => new AesSecretBox(keys) },
        SealedColumns,
        MasterKeyRotation,
      ],
      exports: [SecretBox, SealedColumns],
    };
  }
}
