namespace Escalation.Web.Emails;

/// <summary>
/// The look of a letter. Mail programs keep a style that stands on its element; what depends on the screen or on dark
/// mode needs rules, which most of them keep too. Fonts are those that every machine has.
/// </summary>
internal static class LetterStyle
{
    private const string Font =
        "font-family:Arial,Helvetica,sans-serif;color:#0b0c0c;overflow-wrap:anywhere;word-break:break-word;";

    public const string Body = "margin:0;padding:0;background-color:#f3f2f1;-webkit-text-size-adjust:100%;";
    public const string Preview = "display:none;max-height:0;overflow:hidden;mso-hide:all;";
    public const string Table = "width:100%;border-collapse:collapse;table-layout:fixed;";
    public const string Sheet =
        "max-width:600px;width:100%;border-collapse:collapse;table-layout:fixed;background-color:#ffffff;";
    public const string Bar =
        "background-color:#003078;padding:12px 24px;font-family:Arial,Helvetica,sans-serif;font-size:18px;"
        + "line-height:24px;font-weight:bold;color:#ffffff;";
    public const string Cell = "padding:24px;" + Font;
    public const string Reference = Font + "margin:0 0 4px;font-size:16px;line-height:24px;color:#484949;";
    public const string Heading = Font + "margin:0 0 20px;font-size:24px;line-height:30px;font-weight:bold;";
    public const string Part = Font + "margin:24px 0 8px;font-size:18px;line-height:24px;font-weight:bold;";
    public const string Text = Font + "margin:0 0 16px;font-size:16px;line-height:24px;";
    public const string List = Font + "margin:0 0 16px;padding:0 0 0 20px;font-size:16px;line-height:24px;";
    public const string Item = "margin:0 0 6px;";
    public const string Panel = "border:2px solid #1d70b8;border-left:10px solid #1d70b8;padding:12px 16px;" + Font;
    public const string PanelOver = "border:2px solid #d4351c;border-left:10px solid #d4351c;padding:12px 16px;" + Font;
    public const string PanelSmall = Font + "margin:0;font-size:16px;line-height:24px;";
    public const string PanelWhen = Font + "margin:0;font-size:20px;line-height:26px;font-weight:bold;";
    public const string Button = "background-color:#00703c;border-bottom:2px solid #002d18;mso-padding-alt:12px 20px;";
    public const string ButtonLink =
        "display:block;padding:12px 20px;font-family:Arial,Helvetica,sans-serif;font-size:18px;"
        + "line-height:24px;font-weight:bold;color:#ffffff;text-decoration:none;text-align:center;";
    public const string Second = "background-color:#f3f2f1;border-bottom:2px solid #929191;mso-padding-alt:12px 20px;";
    public const string SecondLink =
        "display:block;padding:12px 20px;font-family:Arial,Helvetica,sans-serif;font-size:18px;"
        + "line-height:24px;color:#0b0c0c;text-decoration:none;text-align:center;";
    public const string Address = Font + "margin:4px 0 16px;font-size:14px;line-height:20px;color:#484949;";
    public const string Term =
        Font
        + "padding:6px 12px 6px 0;font-size:16px;line-height:22px;font-weight:bold;vertical-align:top;"
        + "text-align:left;border-bottom:1px solid #cecece;width:36%;";
    public const string Detail =
        Font
        + "padding:6px 0;font-size:16px;line-height:22px;vertical-align:top;text-align:left;border-bottom:1px solid #cecece;";
    public const string Gap = "margin:0;font-size:8px;line-height:16px;";
    public const string Foot = Font + "margin:0 0 8px;font-size:14px;line-height:20px;color:#484949;";

    /// <summary>Dark mode, and screens narrower than the sheet.</summary>
    public const string Rules = """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (max-width: 480px) {
          .cell { padding: 16px !important; }
          .bar { padding: 12px 16px !important; }
          .heading { font-size: 21px !important; line-height: 26px !important; }
        }
        @media (prefers-color-scheme: dark) {
          .body { background-color: #0b0c0c !important; }
          .sheet { background-color: #1d1f20 !important; }
          .cell, .text, .heading, .part, .fact, .panel { color: #f3f2f1 !important; }
          .muted { color: #cecece !important; }
          .panel { border-color: #5694ca !important; }
          .over { border-color: #ee7b6d !important; }
          .fact { border-color: #505a5f !important; }
          .second { background-color: #383f43 !important; border-color: #0b0c0c !important; }
          .second a { color: #ffffff !important; }
        }
        """;
}
