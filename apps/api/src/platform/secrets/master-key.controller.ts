import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { MasterKeyDto } from '@opsagent/contracts';
import { Describe } from '../http/describe.js';
import { MasterKeyRotation } from './master-key-rotation.js';

/** The key that seals stored secrets, without the key. */
@Controller('api/master-key')
export class MasterKeyController {
  constructor(private readonly rotation: MasterKeyRotation) {}

  @Get()
  @Describe('Read which master key seals stored secrets', { answers: { 200: MasterKeyDto } })
  get(): Promise<MasterKeyDto> {
    return this.rotation.state();
  }

  @Post('rotation')
  @HttpCode(202)
  @Describe('Go over to a new master key', {
    answers: { 202: MasterKeyDto },
    problems: [409],
    details:
      'Seals every stored secret anew, row by row, while the server serves; read the master key to follow it: it is over when `remaining` is 0. A key in the data folder is made by itself; one in the environment is set as OPSAGENT_MASTER_KEY before, with the former one as OPSAGENT_MASTER_KEY_PREVIOUS. What an ended process left undone is gone on with at the next start, or by asking again.',
  })
  rotate(): Promise<MasterKeyDto> {
    return this.rotation.rotate();
  }
}
