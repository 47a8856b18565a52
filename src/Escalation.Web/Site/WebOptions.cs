namespace Escalation.Web.Site;

/// <summary>What a host sets about the web surface.</summary>
public sealed class WebOptions
{
    /// <summary>Base of every link that is sent out, without a trailing slash.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:5080";

    /// <summary>
    /// Keys the digests of intake keys and similarity keys: 32 bytes at least. A new secret forgets which openings are
    /// repeats.
    /// </summary>
    public byte[] IntakeSecret { get; set; } = [];

    /// <summary>Largest request body, in bytes.</summary>
    public int MaxBody { get; set; } = 256 * 1024;

    /// <summary>False switches every rate limit off.</summary>
    public bool RateLimits { get; set; } = true;

    /// <summary>Openings a minute by one credential.</summary>
    public int IntakePerMinute { get; set; } = 600;

    /// <summary>
    /// Different wrong access keys a minute from one client, before it is refused; likewise wrong secrets of services that post to us.
    /// </summary>
    public int WrongKeysPerMinute { get; set; } = 30;

    /// <summary>Sign-ins to the pages a minute with one access key.</summary>
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>Where a browser signs in; the escaped path to come back to is added at its end.</summary>
    public string SignInUrl { get; set; } = "/sign-in?to=";

    /// <summary>Where a browser signs out; null: by the form that signing in with a key brings.</summary>
    public string? SignOutUrl { get; set; }

    /// <summary>True sends Strict-Transport-Security on HTTPS answers.</summary>
    public bool Hsts { get; set; }

    /// <summary>Tells a failure of the store, which is worth another try (503), from a bug (500).</summary>
    public Func<Exception, bool> IsStoreFailure { get; set; } =
        static e => e is System.Data.Common.DbException or IOException or TimeoutException;

    /// <summary>Why the store takes no writes, in words that follow "because"; never the exception's own text.</summary>
    public Func<Exception, string> StoreFault { get; set; } = static e => $"it cannot be reached ({e.GetType().Name})";
}
