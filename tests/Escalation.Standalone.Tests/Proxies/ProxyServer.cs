using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Proxies;

/// <summary>
/// A reverse proxy as an operator runs one: Debian's nginx or Caddy as a process, with TLS under a certificate made for the test.
/// </summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private static readonly string Path = Environment.GetEnvironmentVariable("PATH") ?? "";
    private static readonly string[] Folders = [.. Path.Split(System.IO.Path.PathSeparator), "/usr/sbin"];
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private ProxyServer(TemporaryFolder folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>A free port, below those that the system gives out by itself: nobody is given it meanwhile.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    /// <param name="kind">
    /// <c>nginx</c>; <c>nginx-plain</c>, which says nothing of the client; <c>nginx-path</c>, under a path of its site; or <c>caddy</c>.
    /// </param>
    /// <param name="port">Where it listens, with TLS.</param>
    /// <param name="upstream">Host and port that it passes requests on to.</param>
    public static async Task<ProxyServer> StartAsync(string kind, int port, string upstream)
    {
        var folder = new TemporaryFolder();
        WriteCertificate(folder);
        var file = folder["proxy.conf"];
        var settings = kind == "caddy" ? Caddy(folder, port, upstream) : Nginx(folder, port, upstream, kind);
        await File.WriteAllTextAsync(file, settings);
        var start =
            kind == "caddy"
                ? new ProcessStartInfo(Find("caddy"), ["run", "--adapter", "caddyfile", "--config", file])
                : new ProcessStartInfo(Find("nginx"), ["-p", folder.Path, "-c", file]);
        start.RedirectStandardError = true;
        start.Environment["HOME"] =
            start.Environment["XDG_DATA_HOME"] =
            start.Environment["XDG_CONFIG_HOME"] =
                folder.Path;
        var proxy = new ProxyServer(folder, Process.Start(start)!);
        try
        {
            await proxy.SaysAsync(kind == "caddy" ? "serving initial configuration" : "start worker process ");
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(Waiting.Token);
        _process.Dispose();
        _folder.Dispose();
    }

    /// <summary>Until it says that it listens. What it says afterwards is read too, so that it can go on saying it.</summary>
    private async Task SaysAsync(string sign)
    {
        var (said, listens) = (
            new StringBuilder(),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.AppendLine(line.Data);
            if (line.Data is null)
                listens.TrySetException(new InvalidOperationException("It ended."));
            else if (line.Data.Contains(sign, StringComparison.Ordinal))
                listens.TrySetResult();
        };
        _process.BeginErrorReadLine();
        try
        {
            await listens.Task.WaitAsync(Waiting.AtMost);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            lock (said)
                throw new InvalidOperationException(
                    $"The proxy did not say '{sign}' within {Waiting.AtMost}: {said}",
                    e
                );
        }
    }

    private static string Nginx(TemporaryFolder folder, int port, string upstream, string kind) =>
        $$"""
            daemon off;
            user root;
            pid {{folder["nginx.pid"]}};
            error_log stderr notice;
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder["body"]}};
              proxy_temp_path {{folder["proxy"]}};
              fastcgi_temp_path {{folder["fastcgi"]}};
              uwsgi_temp_path {{folder["uwsgi"]}};
              scgi_temp_path {{folder["scgi"]}};
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{folder["certificate.pem"]}};
                ssl_certificate_key {{folder["key.pem"]}};
                {{(kind == "nginx-plain" ? "" : NginxHeaders)}}
                location {{(kind == "nginx-path" ? "/escalation/" : "/")}} {
                  proxy_pass http://{{upstream}};
                }
              }
            }
            """;

    /// <summary>As docs/run-on-one-machine.md says them.</summary>
    private const string NginxHeaders = """
        proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
        """;

    private static string Caddy(TemporaryFolder folder, int port, string upstream) =>
        $$"""
            {
              admin off
              auto_https off
            }
            https://127.0.0.1:{{port}} {
              bind 127.0.0.1
              tls {{folder["certificate.pem"]}} {{folder["key.pem"]}}
              reverse_proxy {{upstream}}
            }
            """;

    private static void WriteCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        File.WriteAllText(folder["certificate.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
    }

    private static string Find(string name) =>
        Folders.Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"These tests run {name}, and there is none on the PATH: install the packages 'nginx-light' and 'caddy'."
        );
}
