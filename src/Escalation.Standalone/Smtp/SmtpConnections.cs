using MailKit.Net.Smtp;
using MailKit.Security;

namespace Escalation.Standalone.Smtp;

/// <summary>
/// Connections to the mail server, signed in. One carries several emails, one after the other; an idle one is closed soon.
/// </summary>
internal sealed class SmtpConnections : IAsyncDisposable
{
    /// <summary>Servers end a connection after some emails or an idle time: this is well below what is usual.</summary>
    private const int MostEmails = 50;
    private static readonly TimeSpan MostIdle = TimeSpan.FromSeconds(10);

    private readonly SmtpSettings _settings;
    private readonly ITimer _timer;
    private readonly Stack<Connection> _idle = [];
    private readonly Lock _lock = new();

    public SmtpConnections(SmtpSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _timer = clock.CreateTimer(_ => Close(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<Connection> TakeAsync(CancellationToken cancel)
    {
        while (TryPop() is { } idle)
        {
            if (await StillWorksAsync(idle, cancel))
                return idle;
            idle.Client.Dispose();
        }
        var connection = new Connection(
            new SmtpClient { LocalDomain = _settings.Helo, CheckCertificateRevocation = false }
        );
        try
        {
            await ConnectAsync(connection.Client, cancel);
            return connection;
        }
        catch
        {
            connection.Client.Dispose();
            throw;
        }
    }

    /// <summary>After an email that was taken, or a refusal that left the connection as it was.</summary>
    public void Return(Connection connection)
    {
        connection.Emails++;
        if (connection.Emails >= MostEmails || !connection.Client.IsConnected)
        {
            connection.Client.Dispose();
            return;
        }
        lock (_lock)
            _idle.Push(connection);
        _timer.Change(MostIdle, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Close();
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancel)
    {
        var tls = _settings.Tls switch
        {
            SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
            SmtpTls.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await Limited(step => client.ConnectAsync(_settings.Host, _settings.Port, tls, step), cancel);
        if (_settings.SignIn is { } signIn)
            await Limited(step => SignInAsync(client, signIn, step), cancel);
    }

    private static async Task SignInAsync(SmtpClient client, SmtpSignIn signIn, CancellationToken cancel)
    {
        if (signIn is SmtpSignIn.Application application)
        {
            var token = await application.Credential.GetTokenAsync(new([SmtpSignIn.Application.Scope]), cancel);
            await client.AuthenticateAsync(new SaslMechanismOAuth2(application.User, token.Token), cancel);
            return;
        }
        var password = (SmtpSignIn.Password)signIn;
        SaslMechanism mechanism = client.AuthenticationMechanisms.Contains("PLAIN")
            ? new SaslMechanismPlain(password.User, password.Secret)
            : new SaslMechanismLogin(password.User, password.Secret);
        await client.AuthenticateAsync(mechanism, cancel);
    }

    /// <summary>A real limit: the library's own timeout does not hold where it awaits.</summary>
    /// <exception cref="TimeoutException">The step took too long.</exception>
    public async Task Limited(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(_settings.Timeout);
        try
        {
            await step(time.Token).WaitAsync(time.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private async Task<bool> StillWorksAsync(Connection connection, CancellationToken cancel)
    {
        try
        {
            await Limited(step => connection.Client.NoOpAsync(step), cancel);
            return true;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private Connection? TryPop()
    {
        lock (_lock)
            return _idle.TryPop(out var idle) ? idle : null;
    }

    private void Close()
    {
        while (TryPop() is { } idle)
            idle.Client.Dispose();
    }

    internal sealed class Connection(SmtpClient client)
    {
        public SmtpClient Client => client;
        public int Emails { get; set; }
    }
}
