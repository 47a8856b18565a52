using System.Globalization;
using Escalation.Core.Directory;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>What is taken for an address where one is entered, the mail library takes as that address when it sends.</summary>
public sealed class AddressAgreementTests
{
    /// <summary>What addresses are made of, and what breaks them.</summary>
    private static readonly string[] Pieces =
    [
        "a",
        "Z",
        "0",
        "9",
        "-",
        "_",
        ".",
        "..",
        "+",
        "'",
        "!",
        "#",
        "$",
        "%",
        "&",
        "*",
        "/",
        "=",
        "?",
        "^",
        "`",
        "{",
        "|",
        "}",
        "~",
        "@",
        "ö",
        "é",
        "ß",
        "и",
        "漢",
        "\u0301",
        "\u200b",
        " ",
        "\t",
        "\"",
        "\\",
        "(",
        ")",
        "<",
        ">",
        "[",
        "]",
        ",",
        ";",
        ":",
        "\r\n",
        "xn--",
        "example",
        "org",
        ".org",
        "@example.org",
        ".co.uk",
        "127.0.0.1",
        "[::1]",
    ];

    [Fact]
    public void Whatever_is_taken_here_is_taken_by_the_mail_library_as_the_same_address()
    {
        var taken = 0;
        var texts = Gen.Elements(Pieces).ArrayOf().Resize(12).Select(pieces => string.Concat(pieces));
        var addresses = Gen.Elements(Pieces)
            .ArrayOf()
            .Resize(6)
            .Select(pieces => $"{string.Concat(pieces)}@example.org");
        var domains = Gen.Elements(Pieces).ArrayOf().Resize(6).Select(pieces => $"rosa@{string.Concat(pieces)}.org");
        var all = Gen.OneOf(texts, addresses, domains).ToArbitrary();
        Prop.ForAll(
                all,
                text =>
                {
                    if (!EmailAddress.IsUsable(text))
                        return true;
                    taken++;
                    return IsTakenByMimeKit(text);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.InRange(taken, 500, int.MaxValue);
    }

    [Theory]
    [InlineData("rosa@xn--bcher-kva.org")]
    [InlineData("rosa@xn--Zexample.org")]
    [InlineData("rosa@b\u00fccher.org")]
    public void An_international_domain_is_taken_in_its_letters_and_in_its_ASCII_form(string text)
    {
        Assert.True(EmailAddress.IsUsable(text));
        Assert.True(IsTakenByMimeKit(text));
    }

    /// <summary>The library takes more than this program does: what nobody has, or what some other mailer refuses.</summary>
    [Theory]
    [InlineData("\"rosa raiser\"@example.org")]
    [InlineData("rosa@example")]
    [InlineData("rosa@[127.0.0.1]")]
    [InlineData("rosa@127.0.0.1")]
    [InlineData("rosa@exa_mple.org")]
    [InlineData("rosa@-example.org")]
    public void What_the_mail_library_takes_besides_is_known(string text)
    {
        Assert.True(IsTakenByMimeKit(text), "MimeKit does not take it any longer.");
        Assert.False(EmailAddress.IsUsable(text));
    }

    /// <summary>Other forms it reads, as another address than what was typed.</summary>
    [Theory]
    [InlineData("Rosa <rosa@example.org>")]
    [InlineData("rosa@example.org (comment)")]
    [InlineData("rosa(comment)@example.org")]
    [InlineData(" rosa@example.org ")]
    [InlineData("rosa @ example . org")]
    public void What_the_mail_library_reads_as_another_text_is_refused_here(string text)
    {
        Assert.True(MailboxAddress.TryParse(text, out var read) && read.Address != text);
        Assert.False(EmailAddress.IsUsable(text));
    }

    /// <summary>The library keeps an international domain that was typed in its ASCII form in its letters: the same address.</summary>
    private static bool IsTakenByMimeKit(string text) =>
        MailboxAddress.TryParse(text, out var read) && (read.Address == text || InAscii(read.Address) == InAscii(text));

    private static string InAscii(string address)
    {
        var at = address.LastIndexOf('@');
        return $"{address[..at]}@{new IdnMapping().GetAscii(address[(at + 1)..]).ToLowerInvariant()}";
    }
}
