namespace Escalation.Web.Links;

/// <summary>How often links may be asked for. <c>WebOptions</c> holds their public address, and switches all limits off.</summary>
public sealed class LinkOptions
{
    /// <summary>Requests a minute for one good link.</summary>
    public int PerToken { get; set; } = 60;

    /// <summary>Requests a minute with bad links from one address. Good links from there go on.</summary>
    public int BadPerAddress { get; set; } = 30;
}
