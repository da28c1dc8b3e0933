import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { Settings } from '../database/settings.js';
import { AesSecretBox } from './aes-secret-box.adapter.js';
import { masterKey, requireSameKey } from './master-key.js';
import { SecretBox } from './secret-box.js';

/** Seals what must not be readable in the database. */
@Global()
@Module({})
export class SecretsModule {
  static forRoot(dataDir: string): DynamicModule {
    return {
      module: SecretsModule,
      providers: [
        {
          provide: SecretBox,
          inject: [Environment, Settings],
          useFactory: async (environment: Environment, settings: Settings): Promise<SecretBox> => {
            const key = masterKey(environment.OPSAGENT_MASTER_KEY, dataDir);
            await requireSameKey(key, settings);
            return new AesSecretBox(key);
          },
        },
      ],
      exports: [SecretBox],
    };
  }
}
