namespace ApiSecurityAnalyzers.Engines.SignIn;

/// <summary>What an endpoint gives to whoever guesses right, or sends to whom it is told.</summary>
internal enum SignInPurpose
{
    /// <summary>Nothing of the kind.</summary>
    None,

    /// <summary>A session or a token, for a password.</summary>
    SignIn,

    /// <summary>A new password, or the mail that leads to it.</summary>
    PasswordReset,

    /// <summary>A session or a token, for a short code; or the message with the code.</summary>
    OneTimeCode,
}
