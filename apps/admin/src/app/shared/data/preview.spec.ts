import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { Preview } from './preview.js';
import { previewInterceptor } from './preview-interceptor.js';

describe('the console as another role sees it', () => {
  it('reads, sends no change, and changes again afterwards', async () => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([previewInterceptor])), provideHttpClientTesting()],
    });
    const http = TestBed.inject(HttpClient);
    const server = TestBed.inject(HttpTestingController);
    const preview = TestBed.inject(Preview);
    preview.start('viewer');
    http.get('/api/users').subscribe();
    server.expectOne('/api/users').flush({});
    await expect(firstValueFrom(http.post('/api/users', {}))).rejects.toMatchObject({ status: 403 });
    server.expectNone('/api/users');
    preview.end();
    http.post('/api/users', {}).subscribe();
    server.expectOne('/api/users').flush({});
  });
});
