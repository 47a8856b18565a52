namespace Escalation.Web.Links;

/// <summary>Where links lead, and how often they may be asked for.</summary>
public sealed record LinkOptions
{
    /// <summary>Base of every link: <c>https://host/</c>, with or without a path below it.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080/");

    /// <summary>False: no limits at all (for the benchmark).</summary>
    public bool RateLimits { get; set; } = true;

    /// <summary>Requests a minute for one good link.</summary>
    public int PerToken { get; set; } = 60;

    /// <summary>Requests a minute with bad links from one address. Good links from there go on.</summary>
    public int BadPerAddress { get; set; } = 20;

    /// <summary>The address of a link.</summary>
    public string UrlOf(string token) => $"{PublicUrl.AbsoluteUri.TrimEnd('/')}/r/{token}";
}
